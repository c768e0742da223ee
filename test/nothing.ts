/** In a toMatchObject: an object without members. `{}` there matches any object. */
export const NOTHING = {
  asymmetricMatch: (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0,
  toString: (): string => 'NOTHING',
}

/** Whether a text is 32 hex digits, as Cloudflare's account ids and the uids of keys are. */
export const isHexId = (text: string): boolean => /^[0-9a-f]{32}$/i.test(text)

/** What is wrong with a text that is not 32 hex digits, to follow its name. It may be a secret, so it is not repeated. */
export const describeMalformedId = ({ length }: string): string =>
  `is malformed: it has ${length} ${length === 1 ? 'character' : 'characters'}, and should be 32 hex digits.`

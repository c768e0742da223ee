/** Whether a text is 32 hex digits, as Cloudflare's account ids and the uids of keys are. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text)
}

import { summary } from '@actions/core'
import { debug, messageOf, sanitize } from './log.ts'

/** Where people see their keys. */
const DASHBOARD = 'https://dash.cloudflare.com/?to=/:account/realtime/turn'

/**
 * Adds a heading, a table of names and values, and what else is given to the job's summary, unless TURN_KEY_SUMMARY is
 * `false`: no workflow can change GITHUB_STEP_SUMMARY. A summary that cannot be written is no failure.
 */
export async function summarize(
  heading: string,
  rows: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Promise<void> {
  if (process.env.TURN_KEY_SUMMARY === 'false') return
  const cells = Object.entries(rows).map(([name, value]) => `<tr><th>${name}</th><td>${html(value)}</td></tr>`)
  const markup = `<h3>${html(heading)}</h3>\n<table>${cells.join('')}</table>\n${more.join('')}<p><a href="${DASHBOARD}">TURN keys in the Cloudflare dashboard</a></p>\n`
  try {
    await summary.addRaw(markup).write()
  } catch (error) {
    debug(`The job summary was not written: ${messageOf(error)}`)
  }
}

/** A table with a row of headings, for a summary. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map(cell => `<${tag}>${html(cell)}</${tag}>`).join('')}</tr>`
  return `<table>${line('th', headings)}${rows.map(row => line('td', row)).join('')}</table>\n`
}

/** A Mermaid diagram, for a summary: not to be made of text from outside. */
export const mermaid = (diagram: string): string => `\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n`

/** Text inside HTML inside Markdown. A line of HTML is left alone by Markdown, so entities are all it takes. */
const html = (text: string): string =>
  sanitize(text).replace(/[&<>"'`|]/g, character => `&#${character.charCodeAt(0)};`)

"use strict";
exports.id = 917;
exports.ids = [917];
exports.modules = {

/***/ 7917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  check: () => (/* reexport */ main),
  create: () => (/* reexport */ main_main),
  createPost: () => (/* reexport */ post),
  credentials: () => (/* reexport */ credentials_main_main),
  credentialsPost: () => (/* reexport */ post_post),
  deleteMain: () => (/* reexport */ delete_main_main),
  usage: () => (/* reexport */ usage_main_main)
});

// EXTERNAL MODULE: ./http/clock.js + 1 modules
var clock = __webpack_require__(316);
// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/json.js
var http_json = __webpack_require__(1578);
// EXTERNAL MODULE: ./http/page.js
var page = __webpack_require__(3079);
// EXTERNAL MODULE: ./http/rate-limit.js
var rate_limit = __webpack_require__(2300);
;// CONCATENATED MODULE: ./http/get-when-deployed.js





const DEPLOYMENT_MS = 60_000;
const INITIAL_PAUSE_MS = 500;
const MAX_PAUSE_MS = 5000;
async function getWhenDeployed(client, operation) {
    const headers = { accept: 'application/json', 'user-agent': 'cloudflare-turn-key' };
    const authorization = client.authorization && { authorization: client.authorization };
    const request = {
        operation,
        method: 'GET',
        url: client.url,
        headers: { ...headers, ...authorization },
        body: null,
    };
    const { rateLimiter, drain, info } = client;
    const [{ sendOnce }, dispatcher] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(179)]).then(__webpack_require__.bind(__webpack_require__, 179)), client.dispatcher()]);
    const send = () => sendOnce(dispatcher, request, client.signal);
    const deadline = (0,clock/* monotonicNow */.XZ)() + DEPLOYMENT_MS;
    for (let pause = INITIAL_PAUSE_MS;; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
        const result = await attempt(client, send, request);
        if (!(result instanceof http_error/* RequestError */.GI))
            return result.json;
        if (result.kind === 'throttled') {
            rateLimiter.throttle(result.retryAfter);
            await rateLimiter.acquire(drain, result);
            continue;
        }
        if (result.kind === 'rejected' || (0,clock/* monotonicNow */.XZ)() + pause > deadline)
            throw result;
        if (pause === INITIAL_PAUSE_MS)
            info(`${result.message} Retrying for up to 60 seconds.`);
        await (0,clock/* sleep */.yy)(pause, drain);
    }
}
async function attempt({ signal, drain, debug }, send, request) {
    drain.throwIfAborted();
    try {
        const response = await send();
        debug(`GET ${request.url.pathname}: HTTP status ${response.status}`);
        const json = (0,http_json/* parseJson */.qF)(response.text);
        const isSuccess = response.status >= 200 && response.status < 300;
        return isSuccess && json !== undefined ? { json } : refusal(request, response);
    }
    catch (error) {
        if (error instanceof http_error/* NoResponseError */.hg)
            return (0,http_error/* toRequestError */.du)(error, request, 1, signal);
        throw error;
    }
}
function refusal({ operation, url }, response) {
    const { status, headers } = response;
    const location = headers.location && URL.parse(headers.location, url.href);
    const details = [location && `, a redirect to ${location.host}`, (0,page/* isPage */.y)(response) && ', and a page instead of JSON'];
    return new http_error/* RequestError */.GI({
        operation,
        kind: kindOf(status),
        reason: `${url.host} responded with HTTP status ${status}${details.filter(Boolean).join('')}`,
        hint: hintFor(status, (0,page/* isPage */.y)(response)),
        status,
        retryAfter: (0,rate_limit/* retryAfterSeconds */.C)(response),
        attempts: 1,
    });
}
function kindOf(status) {
    if (status === 429)
        return 'throttled';
    return status === 404 || status >= 500 || status < 300 ? 'outcome-unknown' : 'rejected';
}
function hintFor(status, wasPage) {
    if (status >= 300 && status < 400) {
        return 'Redirects are not followed: set `url` to where it leads; if that is a login, the deployment is protected, and `url` must be one that is not.';
    }
    if (status === 401 || status === 403) {
        return wasPage
            ? 'The page comes from something in front of the server, such as the protection of previews or a firewall: let this request through there.'
            : 'Set `authorization` to what the server asks for, or check it: the secret may be wrong, expired or empty.';
    }
    if (status === 404)
        return 'Check the path in `url`, and that the deployment has been successful.';
    return status >= 500
        ? "The server's own log says why."
        : 'Check `url`: it must respond to GET with ICE servers as JSON.';
}

// EXTERNAL MODULE: ./runner/log.js
var log = __webpack_require__(8898);
;// CONCATENATED MODULE: ./cloudflare/ice-servers.js

function parseUsableCredentials(json) {
    const servers = withoutPort53(parseIceServers((0,http_json/* isObject */.Gv)(json) ? json.iceServers : undefined));
    const turn = servers.find(hasUser);
    return turn && { servers, username: turn.username, credential: turn.credential };
}
const parseIceServers = (json) => [json].flat().flatMap((entry) => parseIceServer(entry) ?? []);
function parseIceServer(value) {
    if (!(0,http_json/* isObject */.Gv)(value))
        return undefined;
    const { username, credential } = value;
    const urls = [value.urls].flat().filter(url => typeof url === 'string');
    if (urls.length === 0)
        return undefined;
    return {
        urls,
        ...(typeof username === 'string' && { username }),
        ...(typeof credential === 'string' && { credential }),
    };
}
const hasUser = (server) => Boolean(server.username && server.credential);
function withoutPort53(servers) {
    const usable = servers
        .map(server => ({ ...server, urls: server.urls.filter(url => !PORT_53.test(url)) }))
        .filter(({ urls }) => urls.length > 0);
    return usable.some(hasUser) ? usable : servers;
}
const PORT_53 = /^(?:stun|turn)s?:(?:\[[^\]]*\]|[^:?[]*):53(?:\?|$)/i;

// EXTERNAL MODULE: ./runner/secrets.js
var secrets = __webpack_require__(4249);
;// CONCATENATED MODULE: ./actions/check/ice-servers.js



function readServerUrls(json) {
    const servers = parseIceServers((0,http_json/* isObject */.Gv)(json) && 'iceServers' in json ? json.iceServers : json);
    for (const { username = '', credential = '' } of servers)
        [credential, username].forEach(secrets/* mask */.d);
    return servers.flatMap(({ urls, username = '', credential = '' }) => urls.map(url => ({ url, username, credential })));
}

;// CONCATENATED MODULE: ./runner/base-url.js
function isSafeBaseUrl(text) {
    const url = URL.parse(text);
    if (!url || /[?#]/.test(text))
        return false;
    const { protocol, hostname, username, password } = url;
    if (username || password)
        return false;
    const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
    return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

// EXTERNAL MODULE: ../node_modules/@actions/core/lib/core.js + 9 modules
var core = __webpack_require__(2966);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./runner/workflow-run.js


const SECRETS_WITHHELD_HINT = 'GitHub withholds secrets from runs for pull requests from forks or Dependabot: skip this step there, with an `if:`.';
function readWorkflowRun(env) {
    const payload = readPayload(env.GITHUB_EVENT_PATH);
    const repository = env.GITHUB_REPOSITORY ?? '';
    const server = env.GITHUB_SERVER_URL || 'https://github.com';
    return {
        repository,
        host: URL.parse(server)?.host || server.toLowerCase(),
        idAndAttempt: `${env.GITHUB_RUN_ID ?? ''}-${env.GITHUB_RUN_ATTEMPT ?? ''}`,
        pullRequest: pullRequestOf(payload, env),
        refName: refNameOf(payload, env, repository) || undefined,
        secretsWithheld: env.GITHUB_ACTOR === 'dependabot[bot]' || isFromFork(payload, env),
    };
}
function readPayload(path) {
    try {
        return (0,http_json/* parseObject */.lj)(new TextDecoder().decode((0,external_node_fs_.readFileSync)(path ?? ''))) ?? {};
    }
    catch {
        return {};
    }
}
function pullRequestOf({ pull_request, issue }, env) {
    const event = env.GITHUB_EVENT_NAME ?? '';
    if (event === 'issue_comment')
        return (0,http_json/* isObject */.Gv)(issue) && (0,http_json/* isObject */.Gv)(issue.pull_request) ? numberOf(issue) : undefined;
    if (!/^pull_request(_target|_review|_review_comment)?$/.test(event))
        return undefined;
    const [, number] = /^refs\/pull\/([1-9]\d*)\//.exec(env.GITHUB_REF ?? '') ?? [];
    return numberOf(pull_request) ?? (number === undefined ? undefined : Number(number));
}
function numberOf(value) {
    const { number } = (0,http_json/* isObject */.Gv)(value) ? value : {};
    return typeof number === 'number' ? number : undefined;
}
const REF_EVENTS = /^(push|workflow_dispatch|schedule|release|merge_group|create|deployment|deployment_status)$/;
function refNameOf(payload, env, repository) {
    const event = env.GITHUB_EVENT_NAME ?? '';
    if (event === 'workflow_run')
        return refNameOfWorkflowRun(payload, repository);
    if (event === 'push' && payload.deleted === true)
        return '';
    return REF_EVENTS.test(event) ? (env.GITHUB_REF_NAME ?? '') : '';
}
function refNameOfWorkflowRun({ workflow_run }, repository) {
    const { event, head_branch, head_repository } = (0,http_json/* isObject */.Gv)(workflow_run) ? workflow_run : {};
    const isOurs = (0,http_json/* isObject */.Gv)(head_repository) && head_repository.full_name === repository;
    return isOurs && REF_EVENTS.test(String(event)) && typeof head_branch === 'string' ? head_branch : '';
}
function isFromFork({ pull_request }, env) {
    if (!(0,http_json/* isObject */.Gv)(pull_request) || env.GITHUB_EVENT_NAME === 'pull_request_target')
        return false;
    const { head } = pull_request;
    return (0,http_json/* isObject */.Gv)(head) && !((0,http_json/* isObject */.Gv)(head.repo) && head.repo.full_name === env.GITHUB_REPOSITORY);
}

;// CONCATENATED MODULE: ./runner/inputs.js




const NOT_GIVEN = '(none)';
class Inputs {
    run = readWorkflowRun(process.env);
    #errors = [];
    rejectIf(condition, error) {
        if (condition)
            this.#errors.push(new Error(error));
    }
    throwIfInvalid() {
        if (this.#errors.length > 0)
            throw new AggregateError(this.#errors);
    }
    text(name, variable) {
        const given = (0,core/* getInput */.V4)(name);
        if (given !== '' || variable === undefined)
            return given;
        return process.env[variable]?.trim() ?? '';
    }
    required(name, hint, variable) {
        const value = this.text(name, variable);
        this.rejectIf(value === '', `\`${name}\` is missing${variable ? `, and ${variable} is not set either` : ''}. ${hint}`);
        return value;
    }
    line(name) {
        return this.#oneLine(name, this.text(name));
    }
    keyName(name) {
        const value = (0,core/* getInput */.V4)(name, { trimWhitespace: false }).replace(/[\r\n]+$/, '');
        return value.trim() === '' ? '' : this.#oneLine(name, value);
    }
    #oneLine(name, value) {
        this.rejectIf(/\p{Cc}/u.test(value), `\`${name}\` contains a line break or another control character.`);
        return value;
    }
    token(name, hint, variable) {
        const value = this.required(name, this.run.secretsWithheld ? SECRETS_WITHHELD_HINT : hint, variable);
        (0,secrets/* mask */.d)(value);
        this.rejectIf(value !== '' && (!/^[\x21-\x7e]+$/.test(value) || /["'`]/.test(value)), `\`${name}\` is malformed: it contains quotes, a space, a line break or a character that no token has. Store just the token in the secret.`);
        return value;
    }
    selector(name, read = 'text') {
        if (process.env[`INPUT_${name.toUpperCase()}`] === undefined)
            return undefined;
        const value = this[read](name);
        if (value === NOT_GIVEN)
            return undefined;
        this.rejectIf(value === '', `\`${name}\` is empty: check the expression that it comes from.`);
        return value;
    }
    choice(name, choices, defaultValue) {
        const value = this.text(name);
        const choice = choices.find(known => known === (value || defaultValue));
        this.rejectIf(choice === undefined, `\`${name}\` must be one of ${choices.join(', ')}; it is "${value}".`);
        return choice ?? defaultValue;
    }
    integer(name, min, max, unit) {
        const value = this.text(name);
        if (value === '')
            return undefined;
        const number = Number(value);
        const isValid = /^\d+$/.test(value) && number >= min && number <= max;
        this.rejectIf(!isValid, `\`${name}\` must be a whole number of ${unit} from ${min} to ${max}; it is "${value}".`);
        return isValid ? number : undefined;
    }
    boolean(name) {
        const value = this.text(name);
        this.rejectIf(!/^(true|false|)$/i.test(value), `\`${name}\` must be true or false; it is "${value}".`);
        return value.toLowerCase() === 'true';
    }
    baseUrl(name, defaultValue, given = this.text(name)) {
        const url = given || defaultValue;
        this.rejectIf(!isSafeBaseUrl(url), `\`${name}\` must be an https URL without user name, query or fragment (http is for loopback only): a token is sent there.`);
        return url.replace(/\/+$/, '');
    }
}

;// CONCATENATED MODULE: ./actions/check/inputs.js






const TRANSPORTS = ['udp', 'tcp', 'tls'];
const DEFAULT_TIMEOUT = 10;
function readCheckInputs() {
    const inputs = new Inputs();
    const [servers, deployed] = [readIceServers(inputs), readDeployed(inputs)];
    const given = ['ice-servers', 'url'].filter(name => inputs.text(name) !== '');
    inputs.rejectIf(given.length === 2, '`ice-servers` and `url` are both set: set one of them.');
    inputs.rejectIf(given.length === 0, `\`ice-servers\` or \`url\` is missing. ${inputs.run.secretsWithheld ? SECRETS_WITHHELD_HINT : MISSING}`);
    const required = readRequired(inputs);
    const timeout = inputs.integer('timeout', 1, 60, 'seconds') ?? DEFAULT_TIMEOUT;
    inputs.throwIfInvalid();
    return { source: deployed ?? { servers: servers ?? [] }, required, timeout };
}
const MISSING = 'Set `ice-servers` to the output of the root action or of `credentials/`, or `url` to where your server gives them; if one is set, its expression came out empty.';
function readIceServers(inputs) {
    const text = inputs.text('ice-servers');
    if (text === '')
        return undefined;
    const json = (0,http_json/* parseJson */.qF)(text);
    inputs.rejectIf(json === undefined, '`ice-servers` is not JSON: set it to the array for `RTCPeerConnection`, as the output `ice-servers` has it.');
    return readServerUrls(json);
}
function readDeployed(inputs) {
    const [text, authorization] = [inputs.text('url'), inputs.text('authorization')];
    for (const secret of [authorization, authorization.replace(/^\S+\s+/, '')])
        (0,secrets/* mask */.d)(secret);
    inputs.rejectIf(/[^\x20-\x7e]/.test(authorization), '`authorization` contains a character that no header has.');
    inputs.rejectIf(text === '' && authorization !== '', '`authorization` is set without `url`: it is sent there alone.');
    if (text === '')
        return undefined;
    const url = URL.parse(text);
    inputs.rejectIf(!url || !isSafeBaseUrl(text.replace(/[?#].*$/s, '')), `\`url\` must be an https URL without a user name (http is for loopback only)${text.startsWith('/') ? ': what was to come before the slash is empty' : ''}.`);
    return url ? { url, authorization: authorization || undefined } : undefined;
}
function readRequired(inputs) {
    const names = inputs
        .text('require')
        .toLowerCase()
        .split(',')
        .map(name => name.trim())
        .filter(Boolean);
    const unknown = names.filter(name => !TRANSPORTS.some(known => known === name));
    inputs.rejectIf(unknown.length > 0, `\`require\` takes ${TRANSPORTS.join(', ')}, separated by commas; it has "${unknown.join('", "')}".`);
    return TRANSPORTS.filter(known => names.includes(known));
}

;// CONCATENATED MODULE: ./runner/summary.js


const DASHBOARD = 'https://dash.cloudflare.com/?to=/:account/realtime/turn';
async function summarize(heading, rows, more = []) {
    if (process.env.TURN_KEY_SUMMARY === 'false')
        return;
    const cells = Object.entries(rows).map(([name, value]) => `<tr><th>${name}</th><td>${html(value)}</td></tr>`);
    const markup = `<h3>${html(heading)}</h3>\n<table>${cells.join('')}</table>\n${more.join('')}<p><a href="${DASHBOARD}">TURN keys in the Cloudflare dashboard</a></p>\n`;
    try {
        await core/* summary */.z.addRaw(markup).write();
    }
    catch (error) {
        (0,log/* debug */.Yz)(`The job summary was not written: ${(0,log/* messageOf */.bD)(error)}`);
    }
}
function table(headings, rows) {
    const line = (tag, cells) => `<tr>${cells.map(cell => `<${tag}>${html(cell)}</${tag}>`).join('')}</tr>`;
    return `<table>${line('th', headings)}${rows.map(row => line('td', row)).join('')}</table>\n`;
}
const mermaid = (diagram) => `\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n`;
const html = (text) => (0,log/* sanitize */.aj)(text).replace(/[&<>"'`|]/g, character => `&#${character.charCodeAt(0)};`);

;// CONCATENATED MODULE: ./actions/check/report.js



const relayedOver = (checks) => [
    ...new Set(checks.flatMap(({ ok, uri }) => (ok && uri?.scheme === 'turn' ? uri.transport : []))),
];
function setCheckOutputs(checks) {
    (0,core/* setOutput */.uH)('relayed', JSON.stringify(relayedOver(checks)));
    const report = checks.map(({ url, uri, ok, milliseconds, relayAddress, error }) => {
        return { url, transport: uri?.transport ?? '', ok, milliseconds, relayAddress, error };
    });
    (0,core/* setOutput */.uH)('report', JSON.stringify(report));
}
const HEADINGS = ['URL', 'Transport', 'Allocated in', 'Relayed in', 'Result'];
async function reportChecks(checks, required) {
    const rows = checks.map(rowOf);
    const widths = HEADINGS.map((heading, column) => Math.max(...[heading, ...rows.map(row => row[column] ?? '')].map(({ length }) => length)));
    const padded = (row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    for (const row of [HEADINGS, ...rows])
        (0,log/* info */.pq)(padded(row).trimEnd());
    const blocked = checks.filter(({ uri }) => uri?.port === BLOCKED_PORT).map(({ url }) => url);
    if (blocked.length > 0)
        (0,log/* warning */.$e)(`Browsers block port 53: leave out of the ICE servers ${blocked.join(', ')}.`);
    const relayed = relayedOver(checks);
    await summarize(relayed.length > 0 ? 'TURN relays' : 'TURN does not relay', { Relayed: inWords(relayed) || 'none', Required: inWords(required) || 'at least one' }, [table(HEADINGS, rows)]);
}
const BLOCKED_PORT = 53;
const inWords = (transports) => transports.join(', ').toUpperCase();
const inMilliseconds = (value) => (value === undefined ? '' : `${value} ms`);
function rowOf({ url, uri, ok, relayAddress, allocateMs, relayMs, error = '' }) {
    const success = uri?.scheme === 'stun' ? 'Responds.' : `Relays, by way of ${relayAddress}.`;
    const times = [inMilliseconds(allocateMs), inMilliseconds(relayMs)];
    return [url, inWords([uri?.transport ?? '']), ...times, ok ? success : error];
}
function throwUnlessRelayed(checks, required) {
    const turn = checks.filter(({ uri }) => uri?.scheme === 'turn');
    if (turn.length === 0)
        throw new Error(`There is no TURN server among the ICE servers. ${reasonsOf(checks)}`.trim());
    const relayed = relayedOver(checks);
    const missing = required.filter(transport => !relayed.includes(transport));
    if (missing.length === 0 && relayed.length > 0)
        return;
    const over = missing.length > 0 ? ` over ${inWords(missing)}` : '';
    const isMissing = ({ uri }) => missing.length === 0 || missing.some(transport => transport === uri?.transport);
    const absent = missing.filter(transport => !turn.some(({ uri }) => uri?.transport === transport));
    const lacking = absent.length > 0 ? ` No URL of the ICE servers is for ${inWords(absent)}.` : '';
    throw new Error(`TURN does not relay${over}.${lacking} ${reasonsOf(turn.filter(isMissing))}`.trim());
}
const MAX_URLS = 10;
function reasonsOf(checks) {
    const failed = checks.filter(({ error }) => error).slice(0, MAX_URLS);
    const reasons = Map.groupBy(failed, ({ error = '' }) => error);
    return [...reasons].map(([error, same]) => `${same.map(({ url }) => url).join(', ')}: ${error}`).join(' ');
}

;// CONCATENATED MODULE: ./actions/check/main.js





async function main(context) {
    const { source, required, timeout } = readCheckInputs();
    setCheckOutputs([]);
    const servers = await readServers(source, context);
    (0,log/* info */.pq)(`Checking ${servers.length} ${servers.length === 1 ? 'URL' : 'URLs'} for up to ${timeout} seconds.`);
    const { checkUrl } = await __webpack_require__.e(/* import() */ 238).then(__webpack_require__.bind(__webpack_require__, 238));
    const checks = await Promise.all(servers.map(server => checkUrl(server, timeout, context.drain)));
    setCheckOutputs(checks);
    await reportChecks(checks, required);
    context.drain.throwIfAborted();
    throwUnlessRelayed(checks, required);
}
async function readServers(source, context) {
    if ('servers' in source)
        return source.servers;
    const client = context.createClient(source.url.host, source);
    return readServerUrls(await getWhenDeployed(client, `get the ICE servers from ${source.url.host}${source.url.pathname}`));
}

// EXTERNAL MODULE: ./http/side-by-side.js
var side_by_side = __webpack_require__(969);
// EXTERNAL MODULE: ./runner/run.js + 2 modules
var run = __webpack_require__(8164);
;// CONCATENATED MODULE: ./cloudflare/id.js
const isHexId = (text) => /^[0-9a-f]{32}$/i.test(text);
const describeMalformedId = ({ length }) => `is malformed: it has ${length} ${length === 1 ? 'character' : 'characters'}, and should be 32 hex digits.`;

// EXTERNAL MODULE: ./http/retry.js
var retry = __webpack_require__(840);
;// CONCATENATED MODULE: ./cloudflare/hints.js
const tokenNeeds = (permission) => `\`api-token\` needs the permission ${permission} on this account; a token that belongs to another account, is disabled or has an IP filter is refused in the same way (the addresses of hosted runners change)`;
const TOKEN_PERMISSION = tokenNeeds('Calls Write (the dashboard may call it Realtime)');
const REFUSALS = [10000, 10002];
const isPermissionRefused = (codes) => codes.some(code => REFUSALS.includes(code));
const missingPermissionHint = (permission) => `Likely: ${tokenNeeds(permission)}.`;
const NO_SUCH_WORKER = 'There is no such Worker in the account: check `worker` and `account-id`, and deploy the Worker once';
const DEPLOY_LATEST = 'The version of the Worker that was uploaded last is not the one that is deployed, and Cloudflare does not change secrets until it is: deploy it, and run this again';
const HINTS_BY_CODE = {
    971: 'Too many requests in a short time',
    6003: '`api-token` is malformed: look for quotes, a space or a line break in it, and use an API token, not the Global API Key',
    7000: 'Check `account-id`: 32 hex digits, from the account that the token belongs to',
    7003: 'Check `account-id`: 32 hex digits, from the account that the token belongs to',
    9109: '`api-token` is wrong, expired, or not meant for this account: check the token and `account-id`',
    10000: `Likely: ${TOKEN_PERMISSION}`,
    10002: `Either the account never subscribed to Realtime (it is free, but requires a card, in the dashboard under Realtime), or: ${TOKEN_PERMISSION}`,
    10007: NO_SUCH_WORKER,
    10053: "The Worker's Wrangler file already gives that name a value: remove it from `vars` there and deploy, or choose other names with `uid-variable` and `key-secret`",
    10214: DEPLOY_LATEST,
    10215: DEPLOY_LATEST,
    10090: NO_SUCH_WORKER,
    20008: 'There is no TURN key with this uid in the account: it was already deleted, or belongs to another account',
};
const SERVER_ERROR_HINT = "The fault is on Cloudflare's side: see https://www.cloudflarestatus.com, and run this again.";
function hints_hintFor(codes, status, isJson) {
    const hint = codes.map(code => HINTS_BY_CODE[code]).find(Boolean);
    if (hint)
        return `${hint}.`;
    if (status >= 500)
        return SERVER_ERROR_HINT;
    if (status >= 300 && status < 400) {
        return 'Redirects are not followed with a token: check the base URL, and the proxy between here and Cloudflare.';
    }
    if (isJson && status === 401)
        return '`api-token` was not accepted: check that it is the whole token, and still active.';
    return isJson && status === 403 ? `Likely: ${TOKEN_PERMISSION}.` : undefined;
}

;// CONCATENATED MODULE: ./cloudflare/response.js





const THROTTLED = 971;
const MAX_TEXT = 1000;
const MAX_ERRORS = 20;
const MAX_DEPTH = 10;
function parseOrThrow(response) {
    const { status } = response;
    if ((0,page/* isPage */.y)(response) && status !== 429 && !isRedirect(status)) {
        throw (0,page/* foreignResponseError */.c)(response, 'Cloudflare', requestId(response), SERVER_ERROR_HINT);
    }
    const json = (0,http_json/* parseObject */.lj)(response.text);
    if (status >= 200 && status < 300 && json?.success !== false) {
        return { ...response, json };
    }
    throw failedResponseError({ ...response, json });
}
function failedResponseError(response, kind) {
    const { operation, attempts, status, json } = response;
    const messages = messagesOf(json, response.redact);
    const codes = messages.flatMap(({ code }) => code ?? []);
    const words = messages.map(({ text }) => text).join('; ');
    return new http_error/* RequestError */.GI({
        operation,
        kind: kind ?? response_kindOf(status, codes),
        reason: `Cloudflare responded with HTTP status ${status}${words && `: ${words}`}`,
        hint: hints_hintFor(codes, status, json !== undefined),
        requestId: requestId(response),
        status,
        codes,
        retryAfter: (0,rate_limit/* retryAfterSeconds */.C)(response),
        attempts,
    });
}
const isRedirect = (status) => status >= 300 && status < 400;
function response_kindOf(status, codes) {
    if (status === 429 || codes.includes(THROTTLED))
        return 'throttled';
    return status >= 500 ? 'outcome-unknown' : 'rejected';
}
function unexpectedResponseError(response, missing) {
    const { operation, attempts, status } = response;
    const reason = `Cloudflare responded with HTTP status ${status}, but ${missing}`;
    return new http_error/* RequestError */.GI({
        operation,
        kind: 'outcome-unknown',
        reason,
        status,
        requestId: requestId(response),
        attempts,
    });
}
const requestId = ({ headers }) => headers['cf-ray'] && `cf-ray: ${headers['cf-ray']}`;
function quotaResetSeconds({ headers: { ratelimit = '' } }) {
    const exhausted = [...ratelimit.matchAll(/;\s*r=0\s*;\s*t=(\d+)/g)].map(([, seconds]) => Number(seconds));
    return Math.max(0, ...exhausted);
}
function messagesOf(json, redact) {
    const errors = [json?.errors].flat().slice(0, MAX_ERRORS);
    return errors.flatMap(error => flatten(error, 0, redact));
}
function flatten(error, depth, redact) {
    if (!(0,http_json/* isObject */.Gv)(error) || depth > MAX_DEPTH)
        return [];
    const { message, documentation_url, source, error_chain } = error;
    const text = (value) => typeof value === 'string' && value !== '' ? redact(value).slice(0, MAX_TEXT) : undefined;
    const code = typeof error.code === 'number' ? error.code : undefined;
    const pointer = (0,http_json/* isObject */.Gv)(source) && text(source.pointer);
    const url = text(documentation_url);
    const parts = [text(message) ?? 'no message', pointer && `at ${pointer}`, url && `see ${url}`];
    const words = [code, parts.filter(Boolean).join(', ')].filter(part => part !== undefined).join(' ');
    const chain = [error_chain].flat().flatMap(link => flatten(link, depth + 1, redact));
    return [{ code, text: words.replace(/\.$/, '') }, ...chain];
}

;// CONCATENATED MODULE: ./cloudflare/request.js


const request = (client, apiRequest) => requestValue(client, apiRequest, response => response);
function requestValue(client, { path, body, contentType = 'application/json', ...options }, read) {
    const { baseUrl, token } = client;
    const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'user-agent': 'cloudflare-turn-key',
        ...(body && { 'content-type': contentType }),
    };
    const httpRequest = { ...options, url: new URL(baseUrl + path), headers, body: body ? JSON.stringify(body) : null };
    return (0,retry/* sendWithRetry */.l)(client, httpRequest, {
        requestId: requestId,
        quotaResetSeconds: quotaResetSeconds,
        parse: response => read(parseOrThrow(response)),
    });
}

;// CONCATENATED MODULE: ./cloudflare/keys.js





const MAX_KEYS = 1000;
const KEY_NOT_FOUND = 20008;
async function createKey(account, name, watch = {}) {
    const create = {
        operation: `create the TURN key "${name}"`,
        method: 'POST',
        path: keysPath(account),
        body: { name },
        retryable: true,
        ...watch,
    };
    return requestValue(account, create, response => {
        const result = response.json?.result;
        const key = parseKey(result, name);
        if (!key || !(0,http_json/* isObject */.Gv)(result))
            throw unexpectedResponseError(response, 'the response has no readable uid');
        return { ...key, secrets: [result.secret, result.key].filter(isFilledText) };
    });
}
async function listKeys(account) {
    const operation = 'list the TURN keys';
    const response = await request(account, { operation, method: 'GET', path: keysPath(account) });
    const { json, serverTime, receivedAt } = response;
    const result = json?.success === true ? (json.result ?? []) : json?.result;
    if (!Array.isArray(result))
        throw unexpectedResponseError(response, 'the response has no list of keys');
    const { total_count, total_pages, cursor } = (0,http_json/* isObject */.Gv)(json?.result_info) ? json.result_info : {};
    if (Number(total_count) > result.length || Number(total_pages) > 1 || cursor) {
        throw unexpectedResponseError(response, 'the response lists only some of the keys, and how to read the rest is not known');
    }
    return { keys: result.flatMap((entry) => parseKey(entry) ?? []), serverTime, receivedAt };
}
async function deleteKey(account, uid) {
    try {
        const path = `${keysPath(account)}/${uid}`;
        const response = await request(account, { operation: `delete the TURN key ${uid}`, method: 'DELETE', path });
        const isDone = response.status === 204 || response.json?.success === true;
        if (!isDone)
            throw unexpectedResponseError(response, 'the response does not say that it is deleted');
        return 'deleted';
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.GI) || !error.codes.includes(KEY_NOT_FOUND))
            throw error;
        return error.attempts > 1 ? 'deleted' : 'already deleted';
    }
}
const keysPath = ({ accountId }) => `/accounts/${accountId}/calls/turn_keys`;
function parseKey(value, requestedName = '') {
    if (!(0,http_json/* isObject */.Gv)(value) || typeof value.uid !== 'string' || !isHexId(value.uid))
        return undefined;
    const { uid, name, created, modified } = value;
    return {
        uid: uid.toLowerCase(),
        name: typeof name === 'string' ? name : requestedName,
        created: typeof created === 'string' ? created : '',
        modified: typeof modified === 'string' ? modified : '',
    };
}
const isFilledText = (value) => typeof value === 'string' && value !== '';

;// CONCATENATED MODULE: ./actions/account.js



const MANAGEMENT_API = 'https://api.cloudflare.com/client/v4';
const KEY_COUNT_WARNING = 900;
function readAccount(inputs, permission = 'Calls Write') {
    const idHint = "It is the account's id from the dashboard's overview page (not a zone id).";
    const tokenHint = `Pass a secret that holds an API token with the permission ${permission}, and check the secret's name and environment.`;
    return {
        accountId: readHexId(inputs, 'account-id', idHint, 'CLOUDFLARE_ACCOUNT_ID'),
        token: inputs.token('api-token', tokenHint, 'CLOUDFLARE_API_TOKEN'),
        baseUrl: inputs.baseUrl('api-url', MANAGEMENT_API),
    };
}
function readHexId(inputs, name, hint, variable) {
    const value = inputs.required(name, hint, variable);
    inputs.rejectIf(value !== '' && !isHexId(value), `\`${name}\` ${describeMalformedId(value)} ${hint}`);
    return value.toLowerCase();
}
async function listKeysAndWarn(account) {
    const list = await listKeys(account);
    if (list.keys.length >= KEY_COUNT_WARNING) {
        (0,log/* warning */.$e)(`The Cloudflare account ${account.accountId} has ${list.keys.length} of at most ${MAX_KEYS} TURN keys. Delete what nobody uses, with the delete action.`);
    }
    return list;
}

;// CONCATENATED MODULE: ./cloudflare/credentials.js





async function mint(client, options) {
    const { uid, ttl, customIdentifier, onLostResponse } = options;
    return retryUntilPropagated(client, options, {
        operation: `mint ICE servers from the TURN key ${uid}`,
        method: 'POST',
        path: `/turn/keys/${uid}/credentials/generate-ice-servers`,
        body: { ttl, customIdentifier },
        retryable: true,
        onLostResponse,
    });
}
function readCredentials(response, ttl) {
    const credentials = parseUsableCredentials(response.json);
    if (!credentials) {
        throw unexpectedResponseError(response, 'the response has no TURN server with a username and a credential');
    }
    const { sentAt, receivedAt, serverTime } = response;
    const expiresAt = new Date(serverTime - (receivedAt - sentAt) + ttl * 1000).toISOString();
    return { ...credentials, expiresAt };
}
async function revoke(client, uid, username) {
    try {
        const operation = `revoke the credential minted from the TURN key ${uid}`;
        const path = `/turn/keys/${uid}/credentials/${encodeURIComponent(username)}/revoke`;
        await request(client, { operation, method: 'POST', path, retryable: true });
        return 'revoked';
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.GI))
            throw error;
        if (error.status === 404)
            return 'gone';
        throw error.status === 401 || error.status === 403 ? error.withHint(SECRET_REFUSED) : error;
    }
}
const SECRET_REFUSED = 'It is not revoked: the credentials API refuses the secret of the key that it was minted from.';
const STILL_UNKNOWN = 'The key was created a moment ago, and the credentials API does not know it: run this again, and check `rtc-url` if you set it.';
const WRONG_SECRET = "`key` is the wrong secret: use the TURN key's own secret (the root action's output `key`, TURN_KEY_API_TOKEN in Cloudflare's docs), not the account's API token.";
const WRONG_UID = 'The credentials API knows no TURN key with this uid: check that it is the uid of the key that the secret belongs to, and that the key was not deleted.';
async function retryUntilPropagated(client, { isNew, ttl }, apiRequest) {
    const seconds = isNew ? 60 : 10;
    const deadline = (0,clock/* monotonicNow */.XZ)() + seconds * 1000;
    for (let wait = 500;; wait = Math.min(wait * 2, 5000)) {
        try {
            return await requestValue(client, apiRequest, response => readCredentials(response, ttl));
        }
        catch (error) {
            if (!(error instanceof http_error/* RequestError */.GI) || !/^40[134]$/.test(`${error.status}`))
                throw error;
            const { status } = error;
            const remaining = deadline - (0,clock/* monotonicNow */.XZ)();
            if (remaining <= 0 || (status === 403 && !isNew)) {
                throw error.withHint(isNew ? STILL_UNKNOWN : status === 404 ? WRONG_UID : WRONG_SECRET);
            }
            if (wait === 500) {
                const reason = `Cloudflare does not know the key yet (HTTP status ${status})`;
                client.info(`${reason}: retrying for up to ${seconds} seconds.`);
            }
            await (0,clock/* sleep */.yy)(Math.min(wait, remaining), client.drain);
        }
    }
}

;// CONCATENATED MODULE: ./actions/ice-servers.js



const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1';
const MAX_TTL = 172_800;
function readMintInputs(inputs) {
    return {
        ttl: inputs.integer('ttl', 1, MAX_TTL, 'seconds'),
        customIdentifier: inputs.line('custom-identifier') || undefined,
        rtcUrl: inputs.baseUrl('rtc-url', CREDENTIALS_API),
    };
}
async function mintAndMask(client, options) {
    const minted = await mint(client, options);
    for (const { username = '', credential = '' } of minted.servers)
        [credential, username].forEach(secrets/* mask */.d);
    return minted;
}
function setIceServerOutputs({ servers, username, credential, expiresAt }) {
    (0,core/* setOutput */.uH)('ice-servers', JSON.stringify(servers));
    (0,core/* setOutput */.uH)('username', username);
    (0,core/* setOutput */.uH)('credential', credential);
    (0,core/* setOutput */.uH)('expires-at', expiresAt);
}

;// CONCATENATED MODULE: ./actions/create/state.js


const PHASES = ['requested', 'created', 'storing', 'stored', 'published', 'rolled-back'];
const MEMBERS = {
    name: '',
    isJobScoped: false,
    deleteAfterJob: 'never',
    uid: '',
    firstRequestedAt: 0,
    lastRequestedAt: 0,
    responseLostAt: 0,
    reportedUids: '',
};
let current = { phase: 'rolled-back', account: { accountId: '', token: '', baseUrl: '' }, ...MEMBERS };
function updateCreateState(changes) {
    const next = { ...current, ...changes };
    if (next.phase !== 'published')
        current = next;
    (0,core/* saveState */.LZ)('create', next);
    current = next;
}
const currentCreateState = () => current;
function loadCreateState() {
    const state = (0,http_json/* parseObject */.lj)((0,core/* getState */.Gu)('create'));
    if (isCreateState(state))
        return state;
    throw new Error('The state that this step saved cannot be read: if it created a TURN key that was to be deleted, it is not. Its log has the uid.');
}
function isCreateState(value) {
    if (!(0,http_json/* isObject */.Gv)(value) || !(0,http_json/* isObject */.Gv)(value.account))
        return false;
    const members = Object.entries(MEMBERS).every(([name, member]) => typeof value[name] === typeof member);
    return (members && PHASES.some(phase => phase === value.phase) && hasTexts(value.account, ['accountId', 'token', 'baseUrl']));
}
const hasTexts = (value, names) => names.every(name => typeof value[name] === 'string');
function saveSuperseded({ uids, keyStore }) {
    if (uids.length === 0)
        return;
    (0,core/* saveState */.LZ)('superseded', uids.join(''));
    if (keyStore)
        (0,core/* saveState */.LZ)('key-store', keyStore);
}
function loadSuperseded() {
    const uids = (0,core/* getState */.Gu)('superseded').match(/.{32}/g) ?? [];
    const saved = (0,core/* getState */.Gu)('key-store');
    if (saved === '')
        return { uids, keyStore: undefined };
    const keyStore = (0,http_json/* parseObject */.lj)(saved);
    if (isKeyStore(keyStore))
        return { uids, keyStore };
    throw new Error(`The older TURN keys are kept, because the state that this step saved cannot be read: ${uids.join(', ')}.`);
}
function isKeyStore(value) {
    const names = ['environment', 'label', 'owner', 'repo', 'token', 'baseUrl', 'uidVariable'];
    return (0,http_json/* isObject */.Gv)(value) && hasTexts(value, [...names, 'keySecret', 'permissions']);
}

;// CONCATENATED MODULE: ./actions/create/create-key.js





async function createAndSaveKey(account, name) {
    try {
        const key = await createKey(account, name, {
            beforeAttempt: saveRequest,
            onLostResponse: () => updateCreateState({ responseLostAt: (0,clock/* monotonicNow */.XZ)() }),
        });
        key.secrets.forEach(secrets/* mask */.d);
        updateCreateState({ phase: 'created', uid: key.uid });
        return key;
    }
    catch (error) {
        if (currentCreateState().phase === 'requested')
            updateCreateState({ phase: 'rolled-back' });
        if (error instanceof http_error/* RequestError */.GI && error.kind === 'outcome-unknown')
            account.drain.throwIfAborted();
        throw error;
    }
}
function saveRequest() {
    const lastRequestedAt = (0,clock/* monotonicNow */.XZ)();
    const firstRequestedAt = currentCreateState().firstRequestedAt || lastRequestedAt;
    updateCreateState({ phase: 'requested', firstRequestedAt, lastRequestedAt });
}

// EXTERNAL MODULE: ./runner/cancel.js
var cancel = __webpack_require__(3616);
;// CONCATENATED MODULE: ./actions/for-each-until-stop.js
const CONCURRENCY = 8;
async function forEachUntilStop(items, work) {
    const queue = items.entries();
    let isStopped = false;
    const worker = async () => {
        while (!isStopped) {
            const { value, done } = queue.next();
            if (done)
                return;
            const [index, item] = value;
            if ((await work(item, index)) === 'stop')
                isStopped = true;
        }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return [...queue].map(([, item]) => item);
}

;// CONCATENATED MODULE: ./actions/delete-keys.js





const PROGRESS_INTERVAL = 50;
async function deleteKeys(account, uids) {
    const deleted = [];
    const remaining = new Map(uids.map(uid => [uid, undefined]));
    await forEachUntilStop(uids, async (uid) => {
        if (account.drain.aborted)
            return 'stop';
        try {
            const outcome = await deleteKey(account, uid);
            if (outcome === 'deleted')
                deleted.push(uid);
            remaining.delete(uid);
            reportProgress(outcome, uid, uids.length - remaining.size, uids.length);
        }
        catch (error) {
            if (!(error instanceof cancel/* CancelledError */.c))
                remaining.set(uid, (0,log/* messageOf */.bD)(error));
            if (error instanceof http_error/* RequestError */.GI && error.kind === 'throttled')
                return 'stop';
        }
        return undefined;
    });
    return { deleted, remaining };
}
async function deleteKeysOrWarn(account, uids) {
    const { remaining } = await deleteKeys(account, uids);
    for (const [uid, reason = 'deletion was not attempted.'] of remaining) {
        (0,log/* warning */.$e)(`The TURN key ${uid} remains in the account ${account.accountId}: ${reason}`);
    }
}
function reportProgress(outcome, uid, count, total) {
    if (total <= PROGRESS_INTERVAL)
        (0,log/* info */.pq)(`TURN key ${uid}: ${outcome}.`);
    else if (count % PROGRESS_INTERVAL === 0 || count === total)
        (0,log/* info */.pq)(`${count} of ${total} TURN keys processed.`);
}

;// CONCATENATED MODULE: ./actions/create/put-back-variable.js

const MAX_WAIT_MS = 5000;
function withShortWaits(client) {
    const { rateLimiter, info } = client;
    return { ...client, rateLimiter: new rate_limit/* RateLimiter */.v(rateLimiter.service, { remainingMs: MAX_WAIT_MS }, info) };
}
async function putBackVariable(store) {
    const { github, pair } = store;
    const client = withShortWaits(store.client);
    const isUnchanged = async () => (await github.readSecretTimes(client))?.writtenAt === pair.secretTime;
    if (!pair.variable || !pair.isRestorable || !(await isUnchanged()))
        return false;
    if (!(await github.createVariable(client, pair.variable.value)))
        return false;
    if (await isUnchanged())
        return true;
    await github.removeVariable(client);
    return false;
}

;// CONCATENATED MODULE: ./actions/create/roll-back-store.js



async function rollBackStore(store) {
    const { github, client, progress } = store;
    const { label, uidVariable, keySecret } = client;
    const { phase, uid } = currentCreateState();
    const kept = `The TURN key ${uid} is kept`;
    if (progress === 'checked')
        return `${kept}: ${label} stores it, and the next run with \`if-exists: reuse\` keeps it.`;
    if (progress === 'stored')
        return `${kept}: ${label} stores it. ${NEXT_RUN}`;
    if (progress === 'written' || progress === 'gone') {
        const why = `${kept}, because the secret ${keySecret} of ${label} holds it or may hold it. `;
        const problem = await problemOf(github.removeVariable(withShortWaits(client)));
        if (progress === 'gone' && !problem)
            updateCreateState({ phase: 'created' });
        const left = problem
            ? `The variable ${uidVariable} could not be removed: ${problem} ${NEXT_RUN}`
            : `The variable ${uidVariable} was removed, so ${STORES_NEW}`;
        return (progress === 'written' && phase === 'storing' ? why : '') + left;
    }
    if (phase === 'storing')
        updateCreateState({ phase: 'created' });
    return progress === 'removed' ? putBackOrDescribe(store) : '';
}
async function putBackOrDescribe(store) {
    const variable = `The variable ${store.client.uidVariable} of ${store.client.label}`;
    try {
        if (await putBackVariable(store))
            return '';
    }
    catch (error) {
        return `${variable} could not be put back: ${(0,log/* messageOf */.bD)(error)}`;
    }
    return `${variable} was removed and not put back, because nothing shows that it still belongs to the secret: ${STORES_NEW}`;
}
const STORES_NEW = 'the next run with `if-exists: reuse` or `replace` stores a new key.';
const NEXT_RUN = 'The next run with `if-exists: reuse` keeps the pair if it is whole, and stores a new key if it is not.';
async function problemOf(done) {
    try {
        await done;
        return '';
    }
    catch (error) {
        return (0,log/* messageOf */.bD)(error);
    }
}

;// CONCATENATED MODULE: ./cloudflare/worker-secrets.js





const WORKER_NOT_FOUND = [10007, 10090];
const MERGE_PATCH = 'application/merge-patch+json';
const describeSecrets = ({ worker, kind }) => kind === 'worker'
    ? `the secrets of the Worker "${worker}"`
    : `the Previews base configuration of the Worker "${worker}"`;
async function listSecretNames(account, secrets) {
    const { isOwn, path } = locate(account, secrets);
    const list = { operation: `read ${describeSecrets(secrets)}`, method: 'GET', path };
    try {
        return await requestValue(account, isOwn ? { ...list, path: `${path}/secrets` } : list, isOwn ? readOwn : readBase);
    }
    catch (error) {
        if (error instanceof http_error/* RequestError */.GI && error.codes.some(code => WORKER_NOT_FOUND.includes(code)))
            return undefined;
        throw withPermissionHint(error);
    }
}
async function patchSecrets(account, secrets, values) {
    const { isOwn, path } = locate(account, secrets);
    const entries = Object.entries(values).map(([name, text]) => {
        const secret = { ...(isOwn && { name }), type: 'secret_text', text };
        return [name, text === null ? null : secret];
    });
    const patch = Object.fromEntries(entries);
    const change = {
        operation: `change ${describeSecrets(secrets)}`,
        method: 'PATCH',
        path: isOwn ? `${path}/secrets-bulk` : path,
        contentType: MERGE_PATCH,
        body: isOwn ? { secrets: patch } : { previews_base_config: { env: patch } },
    };
    try {
        await requestValue(account, change, checkSuccess);
    }
    catch (error) {
        throw withPermissionHint(error);
    }
}
function locate({ accountId }, { worker, kind }) {
    const isOwn = kind === 'worker';
    return { isOwn, path: `/accounts/${accountId}/workers/${isOwn ? 'scripts' : 'workers'}/${worker}` };
}
function readOwn(response) {
    const { json } = response;
    const result = json?.success === true ? (json.result ?? []) : json?.result;
    if (!Array.isArray(result))
        throw unexpectedResponseError(response, 'the response has no list of secrets');
    return result.flatMap((secret) => (isSecret(secret) && typeof secret.name === 'string' ? secret.name : []));
}
function readBase(response) {
    const { result } = response.json ?? {};
    if (!(0,http_json/* isObject */.Gv)(result))
        throw unexpectedResponseError(response, 'the response has no Worker');
    const { env } = (0,http_json/* isObject */.Gv)(result.previews_base_config) ? result.previews_base_config : {};
    return Object.entries((0,http_json/* isObject */.Gv)(env) ? env : {}).flatMap(([name, binding]) => (isSecret(binding) ? name : []));
}
const isSecret = (value) => (0,http_json/* isObject */.Gv)(value) && value.type === 'secret_text';
function checkSuccess(response) {
    if (response.json?.success !== true) {
        throw unexpectedResponseError(response, 'the response does not say that they were changed');
    }
}
function withPermissionHint(error) {
    if (!(error instanceof http_error/* RequestError */.GI) || !isPermissionRefused(error.codes))
        return error;
    return error.withHint(missingPermissionHint('Workers Scripts: Edit, beside Calls Write,'));
}

;// CONCATENATED MODULE: ./actions/create/worker-store.js




async function openWorker(client, store) {
    const { worker, kind, uidVariable, keySecret } = store;
    const names = await listSecretNames(client, store);
    if (names)
        return { store, hasPair: [uidVariable, keySecret].every(name => names.includes(name)) };
    const advice = kind === 'worker' ? 'Deploy it once' : 'Deploy it once, or create a preview of it once with `wrangler preview`';
    throw new Error(`There is no Worker "${worker}" in the account ${client.accountId}, and no TURN key was created. ${advice}, and run this again; or check \`worker\` and \`account-id\`.`);
}
function findWorkerKey({ store, hasPair }, existing, settled) {
    if (!hasPair)
        return undefined;
    if (existing.length > 1) {
        (0,log/* info */.pq)(`Nobody can read which of the ${existing.length} TURN keys of this name is in ${store.label}: the newest that is older than 15 minutes is taken for it.`);
    }
    return settled[0] ?? existing[0];
}
async function storeInWorker(client, cleanupClient, { uidVariable, keySecret, ...store }, { uid, secret }) {
    const write = (writer) => patchSecrets(writer, store, { [uidVariable]: uid, [keySecret]: secret });
    let mayBeStored = false;
    try {
        updateCreateState({ phase: 'storing' });
        await write(client).catch(error => {
            mayBeStored = error instanceof http_error/* RequestError */.GI && error.mayBeCarriedOut;
            if (!mayBeStored || !client.drain.aborted)
                throw error;
            return write(cleanupClient);
        });
    }
    catch (error) {
        if (!mayBeStored)
            updateCreateState({ phase: 'created' });
        throw error;
    }
    updateCreateState({ phase: 'stored' });
}
function describeLeftInWorker({ label }) {
    const { phase, uid } = currentCreateState();
    if (phase === 'stored') {
        return `The TURN key ${uid} is kept: it is stored in ${label}, and the next run with \`if-exists: reuse\` keeps it.`;
    }
    if (phase !== 'storing')
        return '';
    return `The TURN key ${uid} is kept, because it is stored in ${label}, or may be. The next run with \`if-exists: reuse\` keeps what is there if both secrets are, and stores a new key if they are not.`;
}

;// CONCATENATED MODULE: ./actions/create/roll-back.js






async function rollBack(account, cause, store, workerStore) {
    const inStore = (store && (await rollBackStore(store))) ?? (workerStore && describeLeftInWorker(workerStore));
    const left = [inStore, await deleteCreatedKey(account)].filter(Boolean);
    if (left.length === 0)
        return cause;
    return new Error([(0,log/* messageOf */.bD)(cause).replace(/\w$/, '$&.'), ...left].join(' '), { cause });
}
async function deleteOvertakenKey(account, uid, label) {
    (0,log/* info */.pq)(`Another job stores its TURN key in ${label} since: this step replaces the TURN key ${uid} by a new one.`);
    await deleteKeysOrWarn(account, [uid]);
    updateCreateState({ phase: 'rolled-back' });
}
async function deleteCreatedKey(account) {
    const { phase, uid } = currentCreateState();
    if (phase !== 'created')
        return '';
    try {
        const outcome = await deleteKey(account, uid);
        if (outcome === 'deleted')
            (0,log/* info */.pq)(`Deleted the TURN key ${uid}, because this step failed.`);
    }
    catch (error) {
        return `Could not delete the TURN key ${uid} that this step created, so the post step retries: ${(0,log/* messageOf */.bD)(error)}`;
    }
    try {
        updateCreateState({ phase: 'rolled-back' });
    }
    catch {
    }
    return '';
}

;// CONCATENATED MODULE: ./actions/create/confirm-stored.js





const READ_AGAIN_AFTER_MS = 1000;
const LATER_MS = 1000;
async function confirmStored(store, account, uid, writtenAt) {
    const { client, github } = store;
    const look = (read) => lookAtPair(read(client), account, uid, writtenAt).catch(error => {
        throw new Error(`The TURN key is stored in ${client.label}, but that could not be checked. ${(0,log/* messageOf */.bD)(error)}`);
    });
    let { exists, isOurs } = await look(github.readStoredPair);
    if (!exists || !isOurs) {
        await (0,clock/* sleep */.yy)(READ_AGAIN_AFTER_MS, client.drain);
        ({ exists, isOurs } = await look(github.readPairIfPermitted));
    }
    if (!exists) {
        store.progress = 'gone';
        throw new Error(`Another job deleted the TURN key ${uid} while this one stored it in ${client.label}. Run this again, and give the jobs a \`concurrency\` group.`);
    }
    if (!isOurs) {
        store.progress = 'written';
        return false;
    }
    store.progress = 'checked';
    updateCreateState({ phase: 'stored' });
    return true;
}
async function lookAtPair(pair, account, uid, writtenAt) {
    const [{ variable, secretTime }, { keys }] = await (0,side_by_side/* settleSideBySide */.l)([pair, listKeys(account)]);
    const isOurs = variable?.uid === uid && secretTime !== undefined && !(secretTime > writtenAt + LATER_MS);
    return { isOurs, exists: keys.some(key => key.uid === uid) };
}

;// CONCATENATED MODULE: ./actions/create/store-key.js





const MAX_ROUNDS = 10;
async function storeKey(store, account, uid, secret) {
    const { github, client } = store;
    while (store.rounds++ < MAX_ROUNDS) {
        if (store.progress === 'written' || store.pair.variable)
            await write(store, 'removed', github.removeVariable);
        const writtenAt = await writeSecret(store, secret);
        if (writtenAt === undefined)
            continue;
        if (await github.createVariable(client, uid)) {
            store.progress = 'stored';
            return confirmStored(store, account, uid, writtenAt);
        }
        (0,log/* info */.pq)(`Another job stored its TURN key in ${client.label} in between: storing this one again.`);
    }
    throw new Error(`Other jobs kept storing their TURN keys in ${client.label} at the same time. Give the jobs a \`concurrency\` group.`);
}
async function write(store, to, send) {
    const { client, drain, progress } = store;
    const isFirst = progress === 'untouched';
    const reached = progress === 'written' ? progress : to;
    try {
        const result = await send(isFirst ? { ...client, drain } : client);
        store.progress = reached;
        return result;
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.GI) || !error.mayBeCarriedOut)
            throw error;
        store.progress = reached;
        if (!isFirst || !drain.aborted)
            throw error;
        return send(client);
    }
}
async function writeSecret(store, secret) {
    const { github, client, drain, publicKey, progress, pair } = store;
    const mayWait = progress !== 'removed' || !pair.isRestorable;
    updateCreateState({ phase: 'storing' });
    try {
        return await write(store, 'written', writer => github.writeSecret(mayWait ? writer : withShortWaits(writer), publicKey, secret));
    }
    catch (error) {
        if (mayWait || !(error instanceof http_error/* RequestError */.GI) || error.kind !== 'throttled')
            throw error;
        client.rateLimiter.throttle(error.retryAfter);
        const isBack = store.progress === 'removed' && (await putBackVariable(store).catch(logAndGoOn));
        if (!isBack)
            return write(store, 'written', writer => github.writeSecret(writer, publicKey, secret));
        store.progress = 'untouched';
        updateCreateState({ phase: 'created' });
        store.pair = await github.readStoredPair({ ...client, drain });
        return undefined;
    }
}
function logAndGoOn(error) {
    (0,log/* info */.pq)((0,log/* messageOf */.bD)(error));
    return false;
}

;// CONCATENATED MODULE: ./actions/create/create-and-store.js





async function createAndStore(inputs, client, cleanup, store, context) {
    const { workerStore } = inputs;
    let created = await create_and_store_createKey(inputs, client, context);
    while (store && !(await storeKey(store, cleanup, created.key.uid, created.secret))) {
        await deleteOvertakenKey(cleanup, created.key.uid, store.client.label);
        created = await create_and_store_createKey(inputs, client, context);
    }
    const { key, secret } = created;
    if (workerStore)
        await storeInWorker(client, cleanup, workerStore, { uid: key.uid, secret });
    return created;
}
async function create_and_store_createKey(inputs, client, context) {
    const key = await createAndSaveKey(client, inputs.name);
    const secret = secretOf(key);
    return { key, secret, credentials: await mintFrom(key.uid, secret, inputs, context) };
}
function secretOf({ uid, name, secrets: [secret] }) {
    if (secret)
        return secret;
    throw new Error(`Cloudflare created the TURN key "${name}" (uid ${uid}), but its response has no secret (neither \`secret\` nor \`key\`), and it cannot be read later. Run this again.`);
}
async function mintFrom(uid, secret, inputs, context) {
    const { rtcUrl, ttl, customIdentifier } = inputs;
    if (ttl === undefined)
        return undefined;
    const client = context.createClient('Cloudflare', { baseUrl: rtcUrl, token: secret });
    return mintAndMask(client, { uid, ttl, customIdentifier, isNew: true });
}

;// CONCATENATED MODULE: ./cloudflare/select-keys.js
const keysNamed = (name, keys) => keys.filter(key => key.name === name);
const selectKeys = ({ by, text }, keys) => by === 'name' ? keysNamed(text, keys) : keys.filter(({ name }) => name.startsWith(text));
const sortNewestFirst = (keys) => keys.toSorted((a, b) => (Date.parse(b.created) || 0) - (Date.parse(a.created) || 0));
function keysCreatedBetween(from, to, { keys, serverTime, receivedAt }) {
    const offset = serverTime - receivedAt;
    const earliest = Math.floor((from + offset) / 1000) * 1000;
    const latest = Math.ceil((to + offset) / 1000) * 1000;
    return keys.filter(({ created }) => !(Date.parse(created) < earliest || Date.parse(created) > latest));
}

;// CONCATENATED MODULE: ./actions/repository.js
function readRepository(inputs, input, hint) {
    const [, owner = '', repo = ''] = /^([^/]+)\/([^/]+)$/.exec(inputs.run.repository) ?? [];
    inputs.rejectIf(repo === '', `\`${input}\` needs GITHUB_REPOSITORY, which is not \`owner/repo\`.`);
    return {
        owner,
        repo,
        token: inputs.token('github-token', hint),
        baseUrl: inputs.baseUrl('GITHUB_API_URL', 'https://api.github.com', process.env.GITHUB_API_URL),
    };
}

;// CONCATENATED MODULE: ./actions/store-inputs.js


function readKeyStore(inputs, environment) {
    const { repository } = inputs.run;
    const [input, permissions, label] = environment
        ? ['environment', 'Environments: write', `the environment "${environment}"`]
        : ['store', 'Secrets: write and Variables: write', `the repository ${repository}`];
    const hint = `\`${input}\` needs it: a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}. The workflow's own GITHUB_TOKEN cannot have it.`;
    return {
        environment,
        label,
        permissions,
        ...readRepository(inputs, input, hint),
        uidVariable: readName(inputs, 'uid-variable', 'TURN_KEY_ID'),
        keySecret: readName(inputs, 'key-secret', 'TURN_KEY_API_TOKEN'),
    };
}
const STORES = ['repository', 'worker', 'worker-previews'];
function readStoreKind(inputs, value = inputs.text('store')) {
    const store = STORES.find(known => known === value);
    inputs.rejectIf(value !== '' && store === undefined, `\`store\` must be repository, worker or worker-previews, or left out; it is "${value}".`);
    return store;
}
const serverHasEnvironments = () => !process.env.GITEA_ACTIONS && !process.env.FORGEJO_ACTIONS;
function environmentNotFoundMessage({ environment, owner, repo }, advice) {
    if (!serverHasEnvironments()) {
        return 'Gitea and Forgejo have no environments: leave `environment` out, and store the outputs yourself.';
    }
    return `The repository ${owner}/${repo} has no environment "${environment}", or \`github-token\` lacks the permission Environments: write. ${advice}`;
}
function logUnknownKey({ uidVariable, label }, uid) {
    (0,log/* info */.pq)(`The variable ${uidVariable} of ${label} names the TURN key ${uid}, which this account does not have: it was deleted, or belongs to another account.`);
}
const PUBLISHED = /^(VITE|NEXT_PUBLIC|PUBLIC|REACT_APP|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_/i;
function rejectPublishedName(inputs, keySecret) {
    const [prefix] = PUBLISHED.exec(keySecret) ?? [];
    inputs.rejectIf(prefix, `\`key-secret\` must not begin with ${prefix}: bundlers publish such a variable to every browser, and the key belongs on a server.`);
}
function readName(inputs, input, defaultValue) {
    const name = inputs.text(input) || defaultValue;
    inputs.rejectIf(!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i.test(name), `\`${input}\` must be a name that GitHub accepts: letters, digits and _, not starting with a digit or GITHUB_.`);
    return name;
}

;// CONCATENATED MODULE: ./actions/create/if-exists.js





const CREATE = { outcome: 'created', superseded: [] };
function planCreate(inputs, list, pair, worker) {
    if (!list)
        return CREATE;
    const { name, ifExists, keepPrevious, keyStore } = inputs;
    const existing = sortNewestFirst(keysNamed(name, list.keys));
    const stored = list.keys.find(key => key.uid === pair?.variable?.uid);
    const { uid } = pair?.variable ?? {};
    if (keyStore && uid !== undefined && isHexId(uid) && !stored)
        logUnknownKey(keyStore, uid);
    if (ifExists === 'reuse') {
        const settled = existing.filter(key => !isYoung(key, list));
        const inStore = worker ? findWorkerKey(worker, existing, settled) : pair?.isConsistent && stored;
        const reusable = pair || worker ? inStore : existing[0];
        if (reusable)
            return { outcome: 'reused', reusable, superseded: [] };
        warnUnmanaged(existing);
        return CREATE;
    }
    if (ifExists === 'fail' && existing.length > 0)
        throw new Error(nameTaken(existing, inputs));
    const others = pair || worker ? existing.filter(key => key !== stored && !isLeft(key, list)) : existing;
    const superseded = stored ? [stored, ...others] : others;
    if (ifExists === 'fail' || superseded.length === 0)
        return CREATE;
    return { outcome: 'replaced', superseded: withoutPrevious(superseded, keepPrevious, pair && !stored) };
}
const YOUNG_MS = 15 * 60_000;
const isYoung = ({ created }, { serverTime }) => serverTime - Date.parse(created) < YOUNG_MS;
function isLeft(key, list) {
    if (!isYoung(key, list))
        return false;
    (0,log/* info */.pq)(`The TURN key ${key.uid} is kept: it is younger than 15 minutes, and another job may be about to store it.`);
    return true;
}
function withoutPrevious(superseded, count, isUnknown = false) {
    if (count === 0)
        return superseded;
    if (isUnknown) {
        (0,log/* info */.pq)('Nothing shows which TURN key is in use, so with `keep-previous` no older one is deleted.');
        return [];
    }
    return superseded.filter((key, index) => index === 0 || !Number.isNaN(Date.parse(key.created))).slice(count);
}
function nameTaken(existing, { name, account: { accountId } }) {
    const uids = (0,log/* logAndTruncateUids */.Vt)(existing.map(({ uid }) => uid));
    return `The account ${accountId} already has a TURN key named "${name}", and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`. Its uid: ${uids}.`;
}
function warnUnmanaged(keys) {
    for (const { uid, name } of keys) {
        (0,log/* warning */.$e)(`The TURN key ${uid} is also named "${name}", but nothing shows that its secret is the stored one. It is kept. Unless another pair holds it, delete it: by its uid, or with \`if-exists: replace\`.`);
    }
}

;// CONCATENATED MODULE: ./actions/key-name.js
const keyNamePrefix = ({ repository, host }) => repository === '' || host === 'github.com' ? repository : `${host}/${repository}`;
function derivedName(run) {
    const { pullRequest, refName } = run;
    const owner = pullRequest === undefined ? refName && `@${refName}` : `#${pullRequest}`;
    return owner && keyNamePrefix(run) ? keyNamePrefix(run) + owner : '';
}
const storedKeyName = (run, environment) => environment ? `${keyNamePrefix(run)}:${environment.toLowerCase()}` : keyNamePrefix(run);
const workerKeyName = (run, { worker, kind }) => keyNamePrefix(run) && `${keyNamePrefix(run)} worker ${worker}${kind === 'worker' ? '' : ' previews'}`;
function jobScopedName(run) {
    const name = derivedName(run) || keyNamePrefix(run);
    return name && `${name} ${run.idAndAttempt}-${crypto.randomUUID().slice(0, 8)}`;
}
function nameRequiredMessage({ repository }) {
    if (repository === '')
        return '`name` is missing, and GITHUB_REPOSITORY is not set to derive it from.';
    return '`name` is required here: nothing surely says which branch, tag or pull request of this repository the key is for. Most other events run on the default branch, whatever they are about, so a derived name would be that of another key.';
}
const JOB_SUFFIX = / ([1-9]\d*)-\d+-[0-9a-f]{8}$/;
const NO_REF = /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/[/.]|^[/.]|[/.]$|\.lock(\/|$)|^refs\/|^([0-9a-f]{40}|[0-9a-f]{64})$|^\d+\/(merge|head)$/iu;
function ownerOf(name, repository) {
    if (!name.startsWith(repository))
        return undefined;
    const rest = name.slice(repository.length);
    const run = JOB_SUFFIX.exec(rest);
    const [sign, id] = [rest.charAt(0), rest.slice(1, run?.index)];
    const isOwner = sign === '#' ? /^[1-9]\d*$/.test(id) : sign === '@' && id !== '' && !NO_REF.test(id);
    if (run?.[1] && (isOwner || run.index === 0))
        return { kind: 'workflow run', id: run[1] };
    return isOwner ? { kind: sign === '#' ? 'pull request' : 'branch or tag', id } : undefined;
}

;// CONCATENATED MODULE: ./actions/worker-inputs.js

function readWorkerStore(inputs, kind) {
    const worker = inputs.required('worker', `\`store: ${kind}\` needs it: the name of the Worker.`);
    inputs.rejectIf(worker !== '' && !/^\w[\w-]*$/.test(worker), '`worker` must be the name of a Worker: letters, digits, - and _, not starting with -.');
    const uidVariable = readSecretName(inputs, 'uid-variable', 'TURN_KEY_ID');
    const keySecret = readSecretName(inputs, 'key-secret', 'TURN_KEY_API_TOKEN');
    inputs.rejectIf(uidVariable === keySecret, '`uid-variable` and `key-secret` must differ: both are secrets of the Worker.');
    return { worker, kind, label: describeSecrets({ worker, kind }), uidVariable, keySecret };
}
function rejectWorker(inputs) {
    inputs.rejectIf(inputs.text('worker') !== '', '`worker` only works with `store: worker` or `store: worker-previews`: add that, or leave it out.');
}
function readSecretName(inputs, input, defaultValue) {
    const name = inputs.text(input) || defaultValue;
    inputs.rejectIf(!/^[A-Z_][A-Z0-9_]*$/i.test(name), `\`${input}\` must be a name that code can read from its \`env\`: letters, digits and _, not starting with a digit.`);
    return name;
}

;// CONCATENATED MODULE: ./actions/create/inputs.js







function readCreateInputs() {
    const inputs = new Inputs();
    const account = readAccount(inputs);
    const stores = readStores(inputs);
    const isStored = stores.keyStore !== undefined || stores.workerStore !== undefined;
    const deleteAfterJob = inputs.choice('delete-after-job', ['never', 'failure', 'always'], 'never');
    const read = {
        account,
        ...inputs_readName(inputs, stores, deleteAfterJob),
        ifExists: inputs.choice('if-exists', ['create', 'reuse', 'replace', 'fail'], isStored ? 'reuse' : 'create'),
        keepPrevious: inputs.integer('keep-previous', 0, MAX_KEYS, 'keys') ?? 0,
        ...readMintInputs(inputs),
        deleteAfterJob,
        ...stores,
    };
    const { keySecret = '' } = stores.keyStore ?? stores.workerStore ?? {};
    rejectPublishedName(inputs, keySecret);
    rejectConflicts(inputs, read);
    inputs.throwIfInvalid();
    return read;
}
function readStores(inputs) {
    const environment = inputs.line('environment');
    const store = readStoreKind(inputs);
    const hasToken = inputs.text('github-token') !== '';
    inputs.rejectIf(environment && store, 'Set `environment` or `store`, not both: they say where the key is stored.');
    if (store === 'worker' || store === 'worker-previews') {
        inputs.rejectIf(hasToken, `\`store: ${store}\` needs no \`github-token\`: leave it out.`);
        return { workerStore: readWorkerStore(inputs, store) };
    }
    rejectWorker(inputs);
    if (environment || store)
        return { keyStore: readKeyStore(inputs, environment) };
    inputs.rejectIf(hasToken, '`github-token` is given, but neither `environment` nor `store`: check the expression that `environment` comes from, or leave the token out.');
    return {};
}
function inputs_readName(inputs, { keyStore, workerStore }, deleteAfterJob) {
    const { run } = inputs;
    const given = inputs.keyName('name');
    if (given !== '')
        return { name: given, isJobScoped: false };
    const stored = workerStore ? workerKeyName(run, workerStore) : keyStore && storedKeyName(run, keyStore.environment);
    const isJobScoped = stored === undefined && deleteAfterJob === 'always';
    const name = stored ?? (isJobScoped ? jobScopedName(run) : derivedName(run));
    inputs.rejectIf(name === '', nameRequiredMessage(run));
    return { name, isJobScoped };
}
function rejectConflicts(inputs, read) {
    const { ifExists, ttl, deleteAfterJob, keepPrevious, keyStore, workerStore } = read;
    inputs.rejectIf(ttl !== undefined && ifExists === 'reuse', '`ttl` cannot be used with `if-exists: reuse`, which is the default with `environment` and `store`: the secret of a key that exists cannot be read again, so nothing can be minted from it. Use `if-exists: replace`, or mint with the credentials action from the stored secret.');
    inputs.rejectIf(ifExists === 'replace' && deleteAfterJob === 'always', '`if-exists: replace` cannot be used with `delete-after-job: always`: no key would be left. Use `delete-after-job: failure`, or `if-exists: create`.');
    inputs.rejectIf((keyStore || workerStore) && deleteAfterJob !== 'never', '`delete-after-job` cannot be used with `environment` or `store`, which would then hold a deleted key. Leave it out, and use the delete action with the same input when the key is no longer needed.');
    inputs.rejectIf(keepPrevious > 0 && ifExists !== 'replace', '`keep-previous` only works with `if-exists: replace`: add that, or leave it out.');
}

;// CONCATENATED MODULE: ./actions/create/lost-responses.js





const LATE_MS = 30_000;
async function settleLostResponses(account, state) {
    const { name, isJobScoped, phase, firstRequestedAt, lastRequestedAt, responseLostAt, uid: own } = state;
    const isKilled = phase === 'requested' && lastRequestedAt > responseLostAt;
    const lostAt = isKilled ? lastRequestedAt + clock/* REQUEST_TIMEOUT_MS */.j2 : responseLostAt;
    const known = new Set([own, ...state.reportedUids.split(' ')]);
    (0,log/* info */.pq)(`A response to the request for the TURN key "${name}" was lost: looking for a key that it created.`);
    try {
        const list = await listKeysAndWarn(account);
        const keys = isJobScoped ? list.keys : keysCreatedBetween(firstRequestedAt, lostAt + LATE_MS, list);
        for (const { uid } of sortNewestFirst(keysNamed(name, keys))) {
            if (known.has(uid))
                continue;
            if (isJobScoped) {
                await deleteKey(account, uid);
                (0,log/* info */.pq)(`Deleted the TURN key ${uid}, whose secret was lost with the response.`);
            }
            else {
                known.add(uid);
                (0,log/* warning */.$e)(`A TURN key named "${name}" with the uid ${uid} was created since this step requested its own. It is kept: it may be another job's. If no other job created it, delete it, because its secret is lost.`);
            }
        }
    }
    catch (error) {
        (0,log/* warning */.$e)(`Could not determine whether a TURN key named "${name}" is left in the account ${account.accountId}: ${(0,log/* messageOf */.bD)(error)} Look for that name in the Cloudflare dashboard.`);
    }
    return { reportedUids: [...known].join(' ') };
}

;// CONCATENATED MODULE: ./actions/create/open-store.js


async function openStore(keyStore, context) {
    const github = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(478)]).then(__webpack_require__.bind(__webpack_require__, 3478));
    const client = context.createClient('GitHub', keyStore);
    const held = await github.readPairAndPublicKey(client);
    if (!held)
        throw new Error(environmentNotFoundMessage(keyStore, HOW_TO_CREATE_IT));
    const { drain } = context;
    return { github, client: (0,run/* toCleanupClient */.Du)(client, context), drain, ...held, progress: 'untouched', rounds: 0 };
}
const HOW_TO_CREATE_IT = "No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with `environment:` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only; otherwise use `store: repository`.)";

;// CONCATENATED MODULE: ./actions/create/report.js



function setKeyOutputs(outcome, { uid, name, created, modified }, secret) {
    const outputs = { uid, key: secret, name, created, modified, outcome };
    for (const [output, value] of Object.entries(outputs))
        (0,core/* setOutput */.uH)(output, value);
}
async function logAndSummarize(outcome, { uid, name, created }, accountId, storedIn) {
    const verb = outcome === 'reused' ? 'Reusing' : 'Created';
    const when = created && `, created ${created}`;
    const where = storedIn ? `, stored in ${storedIn}` : '';
    const why = outcome === 'replaced' ? ' to replace an older one' : '';
    (0,log/* info */.pq)(`${verb} TURN key "${name}" (uid ${uid}${when}) in the account ${accountId}${why}${where}.`);
    await summarize(`TURN key ${outcome}`, {
        Name: name,
        UID: uid,
        Created: created,
        Outcome: outcome,
        ...(storedIn && { 'Stored in': storedIn }),
    });
}

;// CONCATENATED MODULE: ./actions/create/main.js













async function main_main(context) {
    const inputs = readCreateInputs();
    const { account, name, isJobScoped, deleteAfterJob, keyStore, workerStore } = inputs;
    const client = context.createClient('Cloudflare', account);
    const cleanupClient = (0,run/* toCleanupClient */.Du)(client, context);
    const [store, list, worker] = await readWhatExists(inputs, client, context);
    const storedIn = (keyStore ?? workerStore)?.label;
    const { reusable, superseded, outcome } = planCreate(inputs, list, store?.pair, worker);
    if (reusable) {
        context.drain.throwIfAborted();
        setKeyOutputs(outcome, reusable, '');
        return logAndSummarize(outcome, reusable, account.accountId, storedIn);
    }
    saveSuperseded({ uids: superseded.map(({ uid }) => uid), keyStore });
    updateCreateState({ account, name, isJobScoped, deleteAfterJob });
    try {
        const { key, secret, credentials } = await createAndStore(inputs, client, cleanupClient, store, context);
        context.drain.throwIfAborted();
        setKeyOutputs(outcome, key, secret);
        if (credentials)
            setIceServerOutputs(credentials);
        updateCreateState({ phase: 'published' });
        await logAndSummarize(outcome, key, account.accountId, storedIn);
    }
    catch (error) {
        throw await rollBack(cleanupClient, error, store, workerStore);
    }
    finally {
        await settleIfLost(cleanupClient);
    }
}
const readWhatExists = ({ ifExists, keyStore, workerStore }, client, context) => (0,side_by_side/* settleSideBySide */.l)([
    keyStore && openStore(keyStore, context),
    ifExists === 'create' ? undefined : listKeysAndWarn(client),
    workerStore && openWorker(client, workerStore),
]);
async function settleIfLost(client) {
    const state = currentCreateState();
    if (state.responseLostAt > 0)
        updateCreateState(await settleLostResponses(client, state));
}

;// CONCATENATED MODULE: ./actions/create/post.js






async function post(context) {
    const state = loadCreateState();
    const { account, phase, uid, deleteAfterJob, responseLostAt } = state;
    (0,secrets/* mask */.d)(account.token);
    const client = context.createClient('Cloudflare', account);
    if (phase === 'requested' || responseLostAt > 0)
        await settleLostResponses(client, state);
    if (phase === 'created') {
        (0,log/* info */.pq)('The step that created the TURN key failed.');
        return deleteKeysOrWarn(client, [uid]);
    }
    if (phase === 'storing') {
        return (0,log/* warning */.$e)(`The step ended while it stored the TURN key ${uid}. The key is kept. The next run with \`if-exists: reuse\` keeps the pair if it is whole, and stores a new key if it is not.`);
    }
    if (phase === 'stored')
        return (0,log/* info */.pq)(`The step failed after it stored the TURN key ${uid}: the key is kept.`);
    if (phase !== 'published')
        return (0,log/* info */.pq)('The step published no TURN key: nothing else to clean up.');
    const { jobStatus } = context;
    if (endsWithJob(deleteAfterJob, jobStatus)) {
        (0,log/* info */.pq)(`The job ended with "${jobStatus}", and \`delete-after-job\` is \`${deleteAfterJob}\`.`);
        return deleteKeysOrWarn(client, [uid]);
    }
    (0,log/* info */.pq)(`The TURN key ${uid} is kept.`);
    await deleteSuperseded(client, context);
}
function endsWithJob(deleteAfterJob, jobStatus) {
    if (deleteAfterJob === 'failure')
        return jobStatus === 'failure' || jobStatus === 'cancelled';
    return deleteAfterJob === 'always';
}
async function deleteSuperseded(client, context) {
    const { jobStatus } = context;
    const { uids, keyStore } = loadSuperseded();
    if (uids.length === 0)
        return;
    if (jobStatus !== 'success') {
        return (0,log/* info */.pq)(`The job ended with "${jobStatus}", not "success", so the older TURN keys are kept too: ${uids.join(', ')}.`);
    }
    try {
        const stored = keyStore ? await readStoredUids(keyStore, context) : [];
        const unused = uids.filter(uid => !stored.includes(uid));
        for (const uid of uids.filter(uid => stored.includes(uid))) {
            (0,log/* info */.pq)(`The TURN key ${uid} is kept too: ${keyStore?.label} stores it now.`);
        }
        await deleteKeysOrWarn(client, unused);
    }
    catch (error) {
        (0,log/* warning */.$e)(`The older TURN keys are kept too: ${(0,log/* messageOf */.bD)(error)} Their uids: ${(0,log/* logAndTruncateUids */.Vt)(uids)}.`);
    }
}
async function readStoredUids(keyStore, context) {
    (0,secrets/* mask */.d)(keyStore.token);
    const { label, uidVariable, keySecret } = keyStore;
    const { listVariableUids, readStoredPair } = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(478)]).then(__webpack_require__.bind(__webpack_require__, 3478));
    const client = context.createClient('GitHub', keyStore);
    const [{ variable, secretTime, isConsistent }, uids] = await (0,side_by_side/* settleSideBySide */.l)([
        readStoredPair(client),
        listVariableUids(client),
    ]);
    if (variable && isConsistent)
        return [variable.uid, ...uids];
    if (variable && secretTime !== undefined)
        throw new Error(`Another job is writing to ${label}.`);
    throw new Error(`The ${variable ? `secret ${keySecret}` : `variable ${uidVariable}`} of ${label} does not exist, or \`github-token\` can no longer read it, so nothing shows which key is in use.`);
}

;// CONCATENATED MODULE: ./actions/credentials/inputs.js



const DEFAULT_TTL = 86_400;
function readCredentialsInputs() {
    const inputs = new Inputs();
    const uid = readHexId(inputs, 'uid', "It is the TURN key's uid, from the root action's output `uid`.");
    const hint = "It is the TURN key's own secret, from the root action's output `key` or from where you stored it.";
    const key = inputs.token('key', hint);
    const { ttl = DEFAULT_TTL, customIdentifier, rtcUrl } = readMintInputs(inputs);
    const revokeAfterJob = inputs.boolean('revoke-after-job');
    inputs.throwIfInvalid();
    return { api: { baseUrl: rtcUrl, token: key }, uid, ttl, customIdentifier, revokeAfterJob };
}

;// CONCATENATED MODULE: ./actions/credentials/state.js


function saveCredentialsState(state) {
    (0,core/* saveState */.LZ)('credentials', state);
}
function loadCredentialsState() {
    const { api, uid, username } = (0,http_json/* parseObject */.lj)((0,core/* getState */.Gu)('credentials')) ?? {};
    const { baseUrl, token } = (0,http_json/* isObject */.Gv)(api) ? api : {};
    if ([baseUrl, token, uid, username].every(member => typeof member === 'string')) {
        return { api: { baseUrl: String(baseUrl), token: String(token) }, uid: String(uid), username: String(username) };
    }
    throw new Error('The state that this step saved cannot be read: a minted credential that was to be revoked is not.');
}

;// CONCATENATED MODULE: ./actions/credentials/main.js






async function credentials_main_main(context) {
    const { api, uid, ttl, customIdentifier, revokeAfterJob } = readCredentialsInputs();
    const client = context.createClient('Cloudflare', api);
    const onLostResponse = revokeAfterJob ? warnOnce(unknownCredentialWarning(uid, ttl)) : () => { };
    const credentials = await mintAndMask(client, { uid, ttl, customIdentifier, isNew: false, onLostResponse });
    const { username, expiresAt } = credentials;
    const saveForPost = () => saveCredentialsState({ api, uid, username });
    try {
        if (revokeAfterJob)
            saveForPost();
        context.drain.throwIfAborted();
        setIceServerOutputs(credentials);
    }
    catch (error) {
        try {
            saveForPost();
        }
        finally {
            await revoke((0,run/* toCleanupClient */.Du)(client, context), uid, username);
        }
        throw error;
    }
    (0,log/* info */.pq)(`Minted ICE servers from the TURN key ${uid}: they expire at ${expiresAt} (\`ttl: ${ttl}\`).`);
}
const unknownCredentialWarning = (uid, ttl) => `A response was lost while minting from the TURN key ${uid}: a credential that nobody knows may exist, with \`ttl: ${ttl}\`, and cannot be revoked.`;
function warnOnce(text) {
    let isWarned = false;
    return () => {
        if (!isWarned)
            (0,log/* warning */.$e)(text);
        isWarned = true;
    };
}

;// CONCATENATED MODULE: ./actions/credentials/post.js




async function post_post(context) {
    const { api, uid, username } = loadCredentialsState();
    (0,secrets/* mask */.d)(api.token);
    (0,secrets/* mask */.d)(username);
    const client = context.createClient('Cloudflare', api);
    const outcome = await revoke(client, uid, username);
    (0,log/* info */.pq)(`The credential minted from the TURN key ${uid}: ${OUTCOMES[outcome]}.`);
}
const OUTCOMES = {
    revoked: 'revoked',
    gone: 'Cloudflare does not know it, or its key, any more, so it can no longer be revoked',
};

;// CONCATENATED MODULE: ./actions/uids.js

function readUids(inputs, text) {
    const uids = text.split(/\s+/).filter(Boolean);
    uids.forEach((uid, index) => {
        inputs.rejectIf(!isHexId(uid), `\`uid\` number ${index + 1} ${describeMalformedId(uid)}`);
    });
    return [...new Set(uids.map(uid => uid.toLowerCase()))];
}

;// CONCATENATED MODULE: ./actions/age.js
const MILLISECONDS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
function parseAge(text) {
    const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
    return count === undefined ? undefined : Number(count) * (MILLISECONDS[unit] ?? 0);
}

;// CONCATENATED MODULE: ./actions/delete/filter-inputs.js


function readFilters(inputs, isByName, isOrphaned) {
    const keepLatest = inputs.integer('keep-latest', 0, MAX_KEYS, 'keys');
    const olderThan = readAge(inputs);
    inputs.rejectIf(((isOrphaned ? undefined : olderThan) ?? keepLatest) !== undefined && !isByName, '`keep-latest` requires `name` or `name-prefix`, and `older-than` one of these or `orphaned`: set one, or leave the filter out.');
    return { keepLatest: keepLatest ?? 0, olderThan };
}
function readAge(inputs) {
    const value = inputs.text('older-than');
    if (value === '')
        return undefined;
    const age = parseAge(value);
    inputs.rejectIf(age === undefined, `\`older-than\` must be a number of minutes, hours or days, such as 90m, 12h or 7d; it is "${value}".`);
    return age;
}

;// CONCATENATED MODULE: ./actions/delete/stored-inputs.js



function readStoredSelection(inputs, environment = '', store = '') {
    const kind = readStoreKind(inputs, store);
    if (kind === 'worker' || kind === 'worker-previews') {
        const workerStore = readWorkerStore(inputs, kind);
        const keyName = workerKeyName(inputs.run, workerStore);
        inputs.rejectIf(keyName === '', '`store` needs GITHUB_REPOSITORY, which is not set.');
        return { by: 'worker', workerStore, keyName };
    }
    rejectWorker(inputs);
    if (environment === '' && store === '')
        return undefined;
    const keyStore = readKeyStore(inputs, environment);
    return { by: 'store', keyStore, keyName: storedKeyName(inputs.run, keyStore.environment) };
}

;// CONCATENATED MODULE: ./actions/delete/inputs.js







function readDeleteInputs() {
    const inputs = new Inputs();
    const account = readAccount(inputs);
    const selection = readSelection(inputs);
    const dryRun = inputs.boolean('dry-run');
    inputs.throwIfInvalid();
    return { account, selection, dryRun };
}
const DEFAULT_TOKEN_HINT = "`orphaned` needs it to query GitHub: leave the input out to use the workflow's own token.";
function readSelection(inputs) {
    const uid = inputs.selector('uid');
    const name = inputs.selector('name', 'keyName');
    const prefix = inputs.selector('name-prefix', 'keyName');
    const environment = inputs.selector('environment');
    const store = inputs.selector('store');
    const orphaned = inputs.selector('orphaned') === undefined ? undefined : inputs.boolean('orphaned');
    const given = [uid, name, prefix, environment, store, orphaned || undefined].filter(value => value !== undefined);
    inputs.rejectIf(given.length > 1, 'Set exactly one of `uid`, `name`, `name-prefix`, `environment`, `store` and `orphaned`, not several: they say which keys to delete.');
    const isNothing = orphaned === false && given.length === 0;
    const filters = readFilters(inputs, (name ?? prefix) !== undefined, orphaned === true || isNothing);
    const stored = readStoredSelection(inputs, environment, store);
    if (stored)
        return stored;
    if (isNothing)
        return { by: 'nothing' };
    if (orphaned) {
        const repository = readRepository(inputs, 'orphaned', DEFAULT_TOKEN_HINT);
        return { by: 'orphaned', repository, namePrefix: keyNamePrefix(inputs.run), olderThan: filters.olderThan };
    }
    if (uid !== undefined)
        return { by: 'uid', uids: readUids(inputs, uid) };
    if (prefix !== undefined)
        return { by: 'prefix', text: prefix, ...filters };
    return { by: 'name', text: name ?? readPullRequestName(inputs), ...filters };
}
function readPullRequestName(inputs) {
    const { run } = inputs;
    inputs.rejectIf(run.pullRequest === undefined, 'Nothing says which keys to delete: set `uid`, `name`, `name-prefix`, `environment`, `store` or `orphaned`, or run on a pull request event to delete its own.');
    return derivedName(run);
}

;// CONCATENATED MODULE: ./actions/delete/select-by-name.js

function selectByName(selection, { keys, serverTime }) {
    const { keepLatest, olderThan } = selection;
    const before = serverTime - (olderThan ?? 0);
    return withoutLatest(selectKeys(selection, keys), keepLatest).filter(({ created }) => olderThan === undefined || Date.parse(created) < before);
}
function withoutLatest(keys, count) {
    if (count === 0)
        return sortNewestFirst(keys);
    const known = sortNewestFirst(keys).filter(({ created }) => !Number.isNaN(Date.parse(created)));
    return [...Map.groupBy(known, ({ name }) => name).values()].flatMap(sameName => sameName.slice(count));
}

;// CONCATENATED MODULE: ./actions/delete/select-orphaned.js





const MAX_UNAVAILABLE = 8;
const select_orphaned_PROGRESS_INTERVAL = 50;
async function selectOrphaned({ repository, namePrefix, olderThan }, list, context) {
    const keys = selectByName({ by: 'prefix', text: namePrefix, keepLatest: 0, olderThan }, list);
    const derived = keys.filter(({ name }) => ownerOf(name, namePrefix));
    if (derived.length === 0)
        return { uids: [], reasons: [] };
    const github = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(478)]).then(__webpack_require__.bind(__webpack_require__, 3478));
    const client = context.createClient('GitHub', repository);
    const all = groupByOwner(await withoutOlderThanRepository(derived, () => github.readCreationTime(client)), namePrefix);
    await askForAll(all, owner => github.reasonGone(client, owner));
    warnOfErrors(all);
    const orphaned = all.flatMap(owned => (owned.reason ? owned.keys.map(key => ({ ...key, reason: owned.reason })) : []));
    for (const { uid, name, reason } of orphaned)
        (0,log/* info */.pq)(`TURN key ${uid}, ${name}: ${reason}.`);
    return {
        uids: orphaned.map(({ uid }) => uid),
        reasons: [...new Set(orphaned.map(({ name, reason }) => `${name}: ${reason}`))],
    };
}
async function withoutOlderThanRepository(keys, readCreationTime) {
    try {
        const createdAt = await readCreationTime();
        const { own = [], kept = [] } = Object.groupBy(keys, ({ created }) => Date.parse(created) >= createdAt ? 'own' : 'kept');
        for (const { uid, name } of kept) {
            (0,log/* info */.pq)(`TURN key ${uid}, ${name}, is kept: it is older than the repository, or of unknown age.`);
        }
        return own;
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.GI))
            throw error;
        (0,log/* warning */.$e)(`All keys are kept, because nothing says whether they are older than the repository: ${error.message}`);
        return [];
    }
}
function groupByOwner(keys, namePrefix) {
    const groups = Map.groupBy(keys, ({ name }) => JSON.stringify(ownerOf(name, namePrefix)));
    return [...groups.values()].flatMap(group => {
        const owner = ownerOf(group[0]?.name ?? '', namePrefix);
        return owner ? { owner, keys: group } : [];
    });
}
async function askForAll(all, ask) {
    const unavailable = [];
    const remaining = await forEachUntilStop(all, async (owned, index) => {
        try {
            owned.reason = await ask(owned.owner);
        }
        catch (error) {
            if (!(error instanceof http_error/* RequestError */.GI))
                throw error;
            owned.error = error;
            if (error.kind !== 'rejected' && unavailable.push(error) >= MAX_UNAVAILABLE)
                return 'stop';
        }
        if ((index + 1) % select_orphaned_PROGRESS_INTERVAL === 0)
            (0,log/* info */.pq)(`GitHub was asked about ${index + 1} of ${all.length} owners.`);
        return undefined;
    });
    for (const owned of remaining)
        owned.error = unavailable[0];
}
function warnOfErrors(all) {
    const failed = all.filter(({ error }) => error);
    for (const [kind, [first, ...others]] of Map.groupBy(failed, ({ owner }) => owner.kind)) {
        const more = others.length > 0 ? ` ${others.length} more are kept too.` : '';
        (0,log/* warning */.$e)(`The keys of a ${kind} are kept: ${first?.error?.message}${more}`);
    }
}

;// CONCATENATED MODULE: ./actions/delete/stored-key.js




async function findStoredPair(store) {
    const { isEnvironmentListed, readPairAndPublicKey } = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(478)]).then(__webpack_require__.bind(__webpack_require__, 3478));
    const held = await readPairAndPublicKey(store);
    if (held)
        return held.pair;
    const message = environmentNotFoundMessage(store, 'Nothing was deleted.');
    if (!serverHasEnvironments())
        return void (0,log/* warning */.$e)(message);
    const isListed = await isEnvironmentListed(store).catch(error => {
        throw new Error(`${message} ${(0,log/* messageOf */.bD)(error)}`, { cause: error });
    });
    if (isListed)
        throw new Error(message);
    return void (0,log/* warning */.$e)(`The repository ${store.owner}/${store.repo} has no environment "${store.environment}". Nothing was deleted.`);
}
function selectStored({ variable, secretTime, isConsistent }, keys, { keyStore, keyName }) {
    const { uidVariable, keySecret, label } = keyStore;
    if (variable && !isHexId(variable.uid)) {
        throw new Error(`The variable ${uidVariable} of ${label} does not hold the uid of a TURN key (32 hex digits): nothing was deleted. Check \`uid-variable\`.`);
    }
    const stored = keys.filter(key => key.uid === variable?.uid);
    const name = stored[0]?.name ?? keyName;
    const candidates = sortNewestFirst(keysNamed(name, keys)).map(candidate => candidate.uid);
    const doubt = (!variable && 'does not exist') ||
        (!isConsistent && 'is older than the secret') ||
        (stored.length === 0 && 'names no key of the account');
    if (doubt && secretTime !== undefined && candidates.length > 0) {
        throw new Error(`Nothing was deleted: the variable ${uidVariable} of ${label} ${doubt}, so nobody can tell which TURN key its secret ${keySecret} belongs to. Delete the right one with \`uid\`, or all with \`name: ${name}\`, and run this again. Keys of that name: ${(0,log/* logAndTruncateUids */.Vt)(candidates)}.`);
    }
    if (variable && stored.length === 0)
        logUnknownKey(keyStore, variable.uid);
    if (!variable && secretTime !== undefined) {
        (0,log/* warning */.$e)(`The variable ${uidVariable} of ${label} does not exist, and no TURN key is named "${keyName}". If the key of the secret ${keySecret} has another name, delete it by that.`);
    }
    return stored;
}
async function removeStoredPair(store, before) {
    const { readStoredPair, readVariable, removeSecret, removeVariable } = await Promise.all(/* import() */[__webpack_require__.e(434), __webpack_require__.e(478)]).then(__webpack_require__.bind(__webpack_require__, 3478));
    if (!before.variable && before.secretTime === undefined)
        return;
    const { label, keySecret } = store;
    const { variable, secretTime } = await readStoredPair(store);
    if (variable?.uid !== before.variable?.uid || !Object.is(secretTime, before.secretTime)) {
        return (0,log/* warning */.$e)(`Another job stored a TURN key in ${label} in the meantime: that key is kept.`);
    }
    const removals = await Promise.allSettled([removeVariable(store), removeSecret(store)]);
    const errors = removals.flatMap(removal => (removal.status === 'rejected' ? [(0,log/* messageOf */.bD)(removal.reason)] : []));
    if (errors.length > 0)
        throw new Error(errors.join(' '));
    (0,log/* info */.pq)(`Removed the TURN key from ${label}.`);
    const after = await readVariable(store);
    if (after && after.uid !== variable?.uid) {
        (0,log/* warning */.$e)(`Another job stored the TURN key ${after.uid} in ${label} at the same time. If the secret ${keySecret} is missing there, run that job again.`);
    }
}

;// CONCATENATED MODULE: ./actions/delete/worker-key.js



async function findWorkerPair(client, store) {
    const { worker, uidVariable, keySecret } = store;
    const names = await listSecretNames(client, store);
    if (names)
        return { store, names: [uidVariable, keySecret].filter(name => names.includes(name)) };
    (0,log/* warning */.$e)(`The account ${client.accountId} has no Worker "${worker}", so it has no secrets to remove: only keys are deleted. If it should be there, check \`worker\`.`);
    return { store, names: [] };
}
function selectWorkerKeys(keys, { names }, { keyName, workerStore }) {
    const selected = keysNamed(keyName, keys);
    if (selected.length === 0 && names.length > 0) {
        (0,log/* warning */.$e)(`No TURN key is named "${keyName}", which is the name of a key in ${workerStore.label}. If the one that it held was created under another \`name\`, delete it by that.`);
    }
    return selected;
}
async function removeWorkerPair(client, { store, names }, uids) {
    if (names.length === 0)
        return;
    try {
        await patchSecrets(client, store, Object.fromEntries(names.map(name => [name, null])));
    }
    catch (error) {
        const keys = uids.length > 0 ? ` The TURN keys are kept, because it may hold one: ${(0,log/* logAndTruncateUids */.Vt)(uids)}.` : '';
        throw new Error(`${(0,log/* messageOf */.bD)(error)}${keys}`, { cause: error });
    }
    (0,log/* info */.pq)(`Removed ${describeWorkerPair({ store, names })}.`);
}
const describeWorkerPair = ({ store, names }) => `${names.join(' and ')} from ${store.label}`;

;// CONCATENATED MODULE: ./actions/delete/main.js











async function delete_main_main(context) {
    const inputs = readDeleteInputs();
    const client = context.createClient('Cloudflare', inputs.account);
    const { uids, reasons, stored, worker } = await main_select(inputs, client, context);
    if (inputs.dryRun) {
        context.drain.throwIfAborted();
        return reportDryRun(uids, worker);
    }
    if (worker)
        await removeWorkerPair(client, worker, uids);
    const deletion = await deleteKeys(client, uids);
    setDeletedOutputs(deletion.deleted);
    await report(deletion, client.accountId, reasons);
    throwIfRemaining(deletion, client);
    if (stored)
        await removeStoredPair(stored.store, stored.pair);
    context.drain.throwIfAborted();
}
async function main_select({ selection, dryRun }, client, context) {
    if (selection.by === 'nothing') {
        (0,log/* info */.pq)('`orphaned` is false, and nothing else says which keys to delete: none is.');
        return { uids: [] };
    }
    if (selection.by === 'store') {
        const store = context.createClient('GitHub', selection.keyStore);
        const [pair, { keys }] = await (0,side_by_side/* settleSideBySide */.l)([findStoredPair(store), listKeysAndWarn(client)]);
        if (!pair)
            return { uids: [] };
        return { uids: uidsOf(selectStored(pair, keys, selection)), stored: { store, pair } };
    }
    if (selection.by === 'worker') {
        const [list, worker] = await (0,side_by_side/* settleSideBySide */.l)([
            listKeysAndWarn(client),
            findWorkerPair(client, selection.workerStore),
        ]);
        return { uids: uidsOf(selectWorkerKeys(list.keys, worker, selection)), worker };
    }
    if (selection.by === 'uid' && !dryRun)
        return { uids: selection.uids };
    const list = await listKeysAndWarn(client);
    if (selection.by === 'orphaned')
        return selectOrphaned(selection, list, context);
    if (selection.by === 'uid')
        return { uids: uidsOf(list.keys.filter(({ uid }) => selection.uids.includes(uid))) };
    return { uids: uidsOf(selectByName(selection, list)) };
}
const uidsOf = (keys) => keys.map(({ uid }) => uid);
function reportDryRun(uids, worker) {
    if (worker && worker.names.length > 0)
        (0,log/* info */.pq)(`Would remove ${describeWorkerPair(worker)}.`);
    for (const uid of uids)
        (0,log/* info */.pq)(`Would delete the TURN key ${uid}.`);
    setDeletedOutputs(uids);
    (0,log/* info */.pq)(`Dry run: would delete ${uids.length} TURN ${uids.length === 1 ? 'key' : 'keys'}.`);
}
function setDeletedOutputs(uids) {
    (0,core/* setOutput */.uH)('deleted', JSON.stringify(uids));
    (0,core/* setOutput */.uH)('count', uids.length);
}
async function report(deletion, accountId, reasons) {
    const { deleted, remaining } = deletion;
    for (const [uid, reason = 'deletion was not attempted.'] of remaining)
        (0,log/* info */.pq)(`TURN key ${uid}: ${reason}`);
    (0,log/* info */.pq)(`TURN keys deleted in the account ${accountId}: ${deleted.length}.`);
    await summarize('TURN keys deleted', {
        Deleted: deleted.join(' ') || 'none',
        Remaining: [...remaining.keys()].join(' ') || 'none',
        ...(reasons && { Reasons: reasons.join('; ') || 'none' }),
    });
}
const MAX_REASON = 1500;
function throwIfRemaining({ remaining }, { accountId, drain }) {
    if (remaining.size === 0)
        return;
    const first = (0,log/* sanitize */.aj)([...remaining.values()].find(reason => reason !== undefined) ?? '').slice(0, MAX_REASON);
    const reason = drain.aborted ? 'The job was cancelled.' : `The log gives the reason for each key. The first: ${first}`;
    throw new Error(`Not all selected TURN keys were deleted from the account ${accountId}. ${reason} Run this again to delete the rest. Remaining: ${(0,log/* logAndTruncateUids */.Vt)([...remaining.keys()])}.`);
}

;// CONCATENATED MODULE: ./actions/usage/bytes.js
const UNITS = { bytes: 1, kB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, TB: 1000 ** 4 };
function unitOf(bytes) {
    const [name, size] = Object.entries(UNITS).findLast(([, unit]) => bytes >= unit) ?? ['bytes', 1];
    return { name, size };
}
function formatBytes(bytes) {
    const { name, size } = unitOf(bytes);
    return `${Math.floor((bytes / size) * 100) / 100} ${name}`;
}
function parseBytes(text) {
    const [, count, name] = /^([1-9]\d{0,5})(MB|GB|TB)$/.exec(text) ?? [];
    const size = Object.entries(UNITS).find(([unit]) => unit === name)?.[1];
    return size && Number(count) * size;
}

;// CONCATENATED MODULE: ./actions/usage/inputs.js





function readUsageInputs() {
    const inputs = new Inputs();
    const read = {
        account: readAccount(inputs, 'Account Analytics: Read'),
        selection: inputs_readSelection(inputs),
        since: readSince(inputs),
        warnAt: readLimit(inputs, 'warn-at'),
        failAt: readLimit(inputs, 'fail-at'),
    };
    inputs.throwIfInvalid();
    return read;
}
function inputs_readSelection(inputs) {
    const uid = inputs.selector('uid');
    const name = inputs.selector('name', 'keyName');
    const prefix = inputs.selector('name-prefix', 'keyName');
    inputs.rejectIf([uid, name, prefix].filter(value => value !== undefined).length > 1, 'Set at most one of `uid`, `name` and `name-prefix`: they say which keys count.');
    if (uid !== undefined)
        return { by: 'uid', uids: readUids(inputs, uid) };
    if (name !== undefined)
        return { by: 'name', text: name };
    return prefix === undefined ? { by: 'account' } : { by: 'prefix', text: prefix };
}
const MAX_AGE = 31 * 86_400_000;
function readSince(inputs) {
    const value = inputs.text('since') || 'month';
    if (value === 'month')
        return 'month';
    const age = parseAge(value) ?? 0;
    inputs.rejectIf(age === 0 || age > MAX_AGE, `\`since\` must be month, or a number of minutes, hours or days up to 31d, such as 24h; it is "${value}".`);
    return age;
}
function readLimit(inputs, name) {
    const value = inputs.selector(name);
    if (value === undefined)
        return undefined;
    const limit = parseBytes(value);
    inputs.rejectIf(value !== '' && limit === undefined, `\`${name}\` must be a whole number of MB, GB or TB, such as 500MB, 100GB or 1TB; it is "${value}".`);
    return limit;
}

;// CONCATENATED MODULE: ./cloudflare/analytics.js





const MAX_GROUPS = 10_000;
const PERMISSION = 'Account Analytics: Read';
async function readTurnUsage(account, { from, to }, uids) {
    const variables = { accountTag: account.accountId, from: isoSeconds(from), to: isoSeconds(to), ...(uids && { uids }) };
    const body = { query: queryFor(uids !== undefined), variables };
    const operation = 'read the TURN analytics';
    try {
        return await requestValue(account, { operation, method: 'POST', path: '/graphql', body, retryable: true }, parseUsage);
    }
    catch (error) {
        throw withHint(error);
    }
}
const isoSeconds = (time) => `${new Date(time).toISOString().slice(0, 19)}Z`;
function queryFor(isSelected) {
    const filter = `filter: { datetime_geq: $from, datetime_leq: $to${isSelected ? ', keyId_in: $uids' : ''} }`;
    const sum = 'sum { egressBytes ingressBytes }';
    return `query TurnUsage($accountTag: string!, $from: Time!, $to: Time!${isSelected ? ', $uids: [string!]' : ''}) {
  viewer {
    accounts(filter: { accountTag: $accountTag }) {
      total: callsTurnUsageAdaptiveGroups(limit: 1, ${filter}) { ${sum} }
      keys: callsTurnUsageAdaptiveGroups(limit: ${MAX_GROUPS}, ${filter}, orderBy: [sum_egressBytes_DESC]) { dimensions { keyId } ${sum} }
      hours: callsTurnUsageAdaptiveGroups(limit: ${MAX_GROUPS}, ${filter}, orderBy: [datetimeHour_ASC]) { dimensions { datetimeHour } ${sum} }
    }
  }
}`;
}
function parseUsage(response) {
    const { json, serverTime } = response;
    const errors = [json?.errors ?? []].flat();
    if (errors.length > 0)
        throw failedResponseError(response, analytics_kindOf(response.text));
    const viewer = (0,http_json/* isObject */.Gv)(json?.data) ? json.data.viewer : undefined;
    const [account] = (0,http_json/* isObject */.Gv)(viewer) ? [viewer.accounts].flat() : [];
    const unreadable = () => {
        throw unexpectedResponseError(response, 'the response has no readable traffic of this account');
    };
    if (!(0,http_json/* isObject */.Gv)(account))
        return unreadable();
    const groupsOf = (list, dimension) => Array.isArray(list) ? list.map((group) => parseGroup(group, dimension) ?? unreadable()) : unreadable();
    const [total = { egressBytes: 0, ingressBytes: 0 }] = groupsOf(account.total, '');
    const [keys, hours] = [groupsOf(account.keys, 'keyId'), groupsOf(account.hours, 'datetimeHour')];
    return {
        total,
        keys: keys.map(({ name, ...traffic }) => ({ ...traffic, uid: name.toLowerCase() })),
        hours: hours.map(({ name, ...traffic }) => ({ ...traffic, hour: name })),
        isTruncated: keys.length >= MAX_GROUPS || hours.length >= MAX_GROUPS,
        serverTime,
    };
}
function parseGroup(group, dimension) {
    const { sum, dimensions } = (0,http_json/* isObject */.Gv)(group) ? group : {};
    const { egressBytes, ingressBytes } = (0,http_json/* isObject */.Gv)(sum) ? sum : {};
    const name = dimension === '' ? '' : (0,http_json/* isObject */.Gv)(dimensions) ? dimensions[dimension] : undefined;
    const isReadable = typeof egressBytes === 'number' && typeof ingressBytes === 'number' && typeof name === 'string';
    return isReadable ? { egressBytes, ingressBytes, name } : undefined;
}
function analytics_kindOf(words) {
    if (/rate limiter budget depleted/i.test(words))
        return 'throttled';
    return /try again later|internal server error/i.test(words) ? 'outcome-unknown' : 'rejected';
}
function withHint(error) {
    if (!(error instanceof http_error/* RequestError */.GI))
        return error;
    if (/cannot request (data older|a time range)|query time range/i.test(error.message)) {
        return error.withHint('Set a shorter `since`.');
    }
    const isRefused = /not authorized for that account|does not have access to the path/i.test(error.message);
    return isRefused || isPermissionRefused(error.codes) ? error.withHint(missingPermissionHint(PERMISSION)) : error;
}

;// CONCATENATED MODULE: ./actions/usage/period.js
function periodUntil(to, since) {
    if (since !== 'month')
        return { from: to - since, to };
    const date = new Date(to);
    return { from: Date.UTC(date.getUTCFullYear(), date.getUTCMonth()), to };
}
const TOLERANCE_MS = 300_000;
function hasClockSkew(period, clock, since) {
    const isOtherMonth = since === 'month' && periodUntil(clock, since).from !== period.from;
    return isOtherMonth || Math.abs(clock - period.to) > TOLERANCE_MS;
}

;// CONCATENATED MODULE: ./actions/usage/measure.js








const NO_TRAFFIC = {
    total: { egressBytes: 0, ingressBytes: 0 },
    keys: [],
    hours: [],
    isTruncated: false,
    unnamed: 'deleted',
};
const CALLS_READ = '`api-token` needs the permission Calls: Read beside Account Analytics: Read.';
function measureUsage(client, { selection, since }) {
    if (selection.by === 'name' || selection.by === 'prefix')
        return measureNamed(client, selection, since);
    return measureByUid(client, selection.by === 'uid' ? selection.uids : undefined, since);
}
async function measureNamed(client, selection, since) {
    const list = await listKeysAndWarn(client).catch((error) => {
        throw withListHint(error, `\`name\` and \`name-prefix\` need the list of keys, and for it ${CALLS_READ}`);
    });
    const keys = selectKeys(selection, list.keys);
    if (keys.length > 0) {
        const uids = keys.map(({ uid }) => uid);
        return withNames(await readUsage(client, since, uids), keys);
    }
    const { by, text } = selection;
    (0,log/* warning */.$e)(`No TURN key of the account ${client.accountId} has ${by === 'name' ? 'the name' : 'a name that begins with'} "${text}", so there is nothing to count, and no limit is reached: check the name. Deleted keys have none.`);
    return { ...NO_TRAFFIC, period: periodUntil(list.serverTime, since) };
}
async function measureByUid(client, uids, since) {
    const listing = listKeysAndWarn(client).catch((error) => {
        if (error instanceof http_error/* RequestError */.GI)
            return withListHint(error, `For the names, ${CALLS_READ}`);
        throw error;
    });
    const [usage, list] = await Promise.all([readUsage(client, since, uids), listing]);
    if (!(list instanceof http_error/* RequestError */.GI))
        return withNames(usage, list.keys);
    (0,log/* warning */.$e)(`The keys are reported by uid alone. ${list.message}`);
    return { ...withNames(usage, []), unnamed: 'name not read' };
}
const withListHint = (error, hint) => error instanceof http_error/* RequestError */.GI && isPermissionRefused(error.codes) ? error.withHint(hint) : error;
function withNames({ serverTime: _, keys, ...usage }, known) {
    const names = new Map(known.map(({ uid, name }) => [uid, name]));
    return { ...usage, unnamed: 'deleted', keys: keys.map(key => ({ ...key, name: names.get(key.uid) })) };
}
async function readUsage(client, since, uids) {
    const period = periodUntil((0,clock/* monotonicNow */.XZ)(), since);
    const usage = await readTurnUsage(client, period, uids);
    if (!hasClockSkew(period, usage.serverTime, since))
        return { ...usage, period };
    const corrected = periodUntil(usage.serverTime, since);
    return { ...(await readTurnUsage(client, corrected, uids)), period: corrected };
}

;// CONCATENATED MODULE: ./actions/usage/chart.js

const DAY_MS = 86_400_000;
const MIN_HEIGHT = 220;
function egressChart(hours, period) {
    const days = egressByDay(hours, period);
    const max = Math.max(...days.values());
    if (max === 0)
        return undefined;
    const unit = unitOf(max);
    const format = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
    const names = [...days.keys()].map(day => `"${format.format(day)}"`);
    const values = [...days.values()].map(bytes => Math.round((bytes / unit.size) * 100) / 100);
    return `---
config:
  xyChart:
    width: 900
    height: ${Math.max(MIN_HEIGHT, 100 + 18 * days.size)}
  themeVariables:
    xyChart:
      plotColorPalette: "#0969da"
---
xychart-beta horizontal
  title "Egress a day (UTC), in ${unit.name}"
  x-axis [${names.join(', ')}]
  y-axis 0 --> ${Math.ceil(max / unit.size)}
  bar [${values.join(', ')}]`;
}
function egressByDay(hours, { from, to }) {
    const days = new Map();
    for (let day = startOfDay(from); day <= to; day += DAY_MS)
        days.set(day, 0);
    for (const { hour, egressBytes } of hours) {
        const day = startOfDay(Date.parse(hour));
        days.set(day, (days.get(day) ?? 0) + egressBytes);
    }
    return days;
}
const startOfDay = (time) => Math.floor(time / DAY_MS) * DAY_MS;

;// CONCATENATED MODULE: ./actions/usage/report.js






const MAX_OUTPUT_CHARACTERS = 450_000;
function setUsageOutputs({ total, keys }) {
    (0,core/* setOutput */.uH)('egress-bytes', total.egressBytes);
    (0,core/* setOutput */.uH)('ingress-bytes', total.ingressBytes);
    const entries = keys
        .filter(relayed)
        .map(({ uid, name = '', egressBytes, ingressBytes }) => JSON.stringify({ uid, name, egressBytes, ingressBytes }));
    const kept = entries.slice(0, countWithin(MAX_OUTPUT_CHARACTERS, entries));
    (0,core/* setOutput */.uH)('keys', `[${kept.join(',')}]`);
    if (kept.length < entries.length) {
        (0,log/* warning */.$e)(`The output \`keys\` has the ${kept.length} keys with the most egress, and not all ${entries.length}: GitHub takes no more than 1 MB. \`egress-bytes\` and \`ingress-bytes\` count all.`);
    }
}
function countWithin(max, texts) {
    let length = 0;
    const beyond = texts.findIndex(text => {
        length += text.length + 1;
        return length > max;
    });
    return beyond < 0 ? texts.length : beyond;
}
const relayed = ({ egressBytes, ingressBytes }) => egressBytes > 0 || ingressBytes > 0;
const MAX_ROWS = 20;
const FREE_BYTES = 1000 ** 4;
async function logAndSummarizeUsage(usage) {
    const { total, keys, period, isTruncated, unnamed } = usage;
    const [from, to] = [isoSeconds(period.from), isoSeconds(period.to)];
    const [egress, ingress] = [formatBytes(total.egressBytes), formatBytes(total.ingressBytes)];
    const percent = Math.floor((total.egressBytes / FREE_BYTES) * 1000) / 10;
    const free = `${percent}% of the 1,000 GB that are free each month (per account, shared with the SFU)`;
    const counted = keys.filter(relayed);
    const rows = counted.slice(0, MAX_ROWS).map(key => report_rowOf(key, unnamed));
    (0,log/* info */.pq)(`TURN traffic from ${from} to ${to}: ${egress} egress, ${ingress} ingress. The egress is ${free}.`);
    (0,log/* info */.pq)('These are estimates: Cloudflare samples its analytics, and the last minutes are not in them yet.');
    for (const [name, uid, sent, received] of rows)
        (0,log/* info */.pq)(`TURN key ${uid}, ${name}: ${sent} egress, ${received} ingress.`);
    if (isTruncated)
        (0,log/* warning */.$e)(TRUNCATED);
    const totals = {
        Egress: `${egress}, ${free}`,
        Ingress: ingress,
        Since: from,
        'Up to': `${to}, less the last minutes`,
    };
    await summarize('TURN traffic', { ...totals, Keys: `${counted.length}` }, [
        ...(rows.length > 0 ? [table(['Key', 'uid', 'Egress', 'Ingress'], rows)] : []),
        ...chartOf(usage),
    ]);
}
function chartOf({ hours, period }) {
    const chart = egressChart(hours, period);
    return chart ? [mermaid(chart)] : [];
}
const report_rowOf = ({ uid, name, egressBytes, ingressBytes }, unnamed) => [
    name === '' ? 'no name' : (name ?? `(${unnamed})`),
    uid,
    formatBytes(egressBytes),
    formatBytes(ingressBytes),
];
const TRUNCATED = 'Cloudflare listed as many keys or hours as it does at most, so there may be more. The total counts them all; `keys`, the table and the chart may not.';

;// CONCATENATED MODULE: ./actions/usage/main.js





async function usage_main_main(context) {
    const inputs = readUsageInputs();
    const client = context.createClient('Cloudflare', inputs.account);
    const usage = await measureUsage(client, inputs);
    context.drain.throwIfAborted();
    setUsageOutputs(usage);
    await logAndSummarizeUsage(usage);
    checkLimits(usage.total.egressBytes, inputs);
}
function checkLimits(egressBytes, { warnAt, failAt }) {
    const relayed = `The TURN keys relayed ${formatBytes(egressBytes)} of egress`;
    if (warnAt !== undefined && egressBytes >= warnAt)
        (0,log/* warning */.$e)(`${relayed}: \`warn-at\` is ${formatBytes(warnAt)}.`);
    if (failAt !== undefined && egressBytes >= failAt) {
        throw new Error(`${relayed}: \`fail-at\` is ${formatBytes(failAt)}. No key was deleted.`);
    }
}

;// CONCATENATED MODULE: ./actions/index.js









/***/ }),

/***/ 8104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GI: () => (/* binding */ RequestError),
/* harmony export */   du: () => (/* binding */ toRequestError),
/* harmony export */   hg: () => (/* binding */ NoResponseError)
/* harmony export */ });
class RequestError extends Error {
    name = 'RequestError';
    kind;
    status;
    codes;
    attempts;
    retryAfter;
    #details;
    constructor(details) {
        const { operation, reason, hint, requestId, cause } = details;
        super([`Could not ${operation}: ${reason}.`, hint, requestId && `(${requestId})`].filter(Boolean).join(' '), {
            cause,
        });
        this.#details = details;
        this.kind = details.kind;
        this.status = details.status;
        this.codes = details.codes ?? [];
        this.attempts = details.attempts;
        this.retryAfter = details.retryAfter;
    }
    get mayBeCarriedOut() {
        return this.kind === 'outcome-unknown' || this.attempts > 1;
    }
    withHint(hint) {
        return new RequestError({ ...this.#details, hint });
    }
}
class NoResponseError extends Error {
    name = 'NoResponseError';
    sent;
    constructor(sent, cause) {
        super(cause.message || ('code' in cause ? String(cause.code) : cause.name), { cause });
        this.sent = sent;
    }
}
function toRequestError(error, request, attempts, signal) {
    const { sent, message, cause } = error;
    const hint = sent ? undefined : refusalHint(message, request.url.host);
    return new RequestError({
        operation: request.operation,
        kind: hint ? 'rejected' : sent ? 'outcome-unknown' : 'not-sent',
        reason: `${sent ? 'no complete response from' : 'no connection to'} ${request.url.host} (${message})`,
        hint: hint ?? (cause === signal.reason ? undefined : networkErrorHint(cause)),
        attempts,
        cause,
    });
}
function refusalHint(message, host) {
    if (/Proxy response \(407\)/i.test(message)) {
        return 'The proxy asks for a user name and password: put them into the URL in https_proxy, with special characters percent-encoded.';
    }
    if (/certificate (is not yet valid|has expired)/i.test(message)) {
        return `This machine's clock says ${new Date().toISOString()}: set it if that is wrong. Otherwise the certificate of the server, or of a proxy in between, must be renewed.`;
    }
    if (/certificate's altnames/i.test(message)) {
        return `The certificate is for another host than ${host}: check the URL, and the proxy or DNS that leads there.`;
    }
    if (!/certificate|self-signed/i.test(message))
        return undefined;
    return 'The certificate is not trusted here: behind a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate.';
}
function networkErrorHint(cause) {
    if (cause instanceof Error && /proxy/i.test(cause.message))
        return 'Check https_proxy and no_proxy on this runner.';
    return 'Check the network of this runner: a firewall, a proxy (https_proxy), DNS.';
}


/***/ }),

/***/ 1578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   lj: () => (/* binding */ parseObject),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function parseObject(text) {
    const json = parseJson(text);
    return isObject(json) ? json : undefined;
}


/***/ }),

/***/ 3079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ foreignResponseError),
/* harmony export */   y: () => (/* binding */ isPage)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);

const isPage = ({ headers, text }) => /^\s*</.test(text) || (text !== '' && /html/i.test(headers['content-type'] ?? ''));
function foreignResponseError(response, service, requestId, serverErrorHint) {
    const { operation, attempts, status } = response;
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .GI({
        operation,
        kind: 'outcome-unknown',
        reason: `${isPage(response) ? 'a page' : 'something else'} came instead of ${service}'s response, with HTTP status ${status}`,
        hint: requestId ? (status < 500 ? EDGE_HINT : serverErrorHint) : BETWEEN_HINT,
        requestId,
        attempts,
    });
}
const EDGE_HINT = "The service's edge sent it, not its API: a firewall or a bot check may block this runner's address. Run this again, or ask the service's support.";
const BETWEEN_HINT = 'Something between this runner and the service sent it: a firewall, a proxy (https_proxy, no_proxy) or a sign-in page. Check these, and the base URL.';


/***/ }),

/***/ 840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ sendWithRetry)
/* harmony export */ });
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(316);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8104);


const MAX_ATTEMPTS = 3;
const INITIAL_BACKOFF_MS = 500;
const CONNECT_RETRY_WINDOW_MS = 15_000;
async function sendWithRetry(client, request, reader) {
    const { rateLimiter, drain } = client;
    const reason = `${rateLimiter.service}'s rate limit is exceeded`;
    const progress = { ambiguous: [], throttled: undefined, firstConnectAt: undefined, connectRetries: 0 };
    try {
        const [{ sendOnce }, dispatcher] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(179)]).then(__webpack_require__.bind(__webpack_require__, 179)), client.dispatcher()]);
        const send = () => sendOnce(dispatcher, request, client.signal);
        for (;;) {
            const attempts = progress.ambiguous.length + 1;
            const usedUp = new _error_js__WEBPACK_IMPORTED_MODULE_1__/* .RequestError */ .GI({ operation: request.operation, kind: 'throttled', reason, attempts });
            await rateLimiter.acquire(drain, progress.throttled ?? usedUp);
            progress.firstConnectAt ??= (0,_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .monotonicNow */ .XZ)();
            const error = await attempt(client, send, request, reader, attempts);
            if (!(error instanceof _error_js__WEBPACK_IMPORTED_MODULE_1__/* .RequestError */ .GI))
                return error.value;
            await prepareRetry(client, request, error, progress);
        }
    }
    catch (error) {
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_1__/* .RequestError */ .GI && (error.kind === 'rejected' || error.kind === 'throttled'))
            throw error;
        throw progress.ambiguous.at(-1) ?? error;
    }
}
async function prepareRetry(client, request, error, progress) {
    const { rateLimiter, drain, info } = client;
    const { retryable = request.method !== 'POST' } = request;
    const { ambiguous, firstConnectAt = 0, connectRetries } = progress;
    progress.throttled = error.kind === 'throttled' ? error : undefined;
    if (error.kind === 'not-sent' && (0,_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .monotonicNow */ .XZ)() - firstConnectAt < CONNECT_RETRY_WINDOW_MS) {
        progress.connectRetries++;
        if (connectRetries === 0)
            info(`${error.message} Retrying for 15 seconds.`);
        return (0,_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .sleep */ .yy)(INITIAL_BACKOFF_MS * 2 ** Math.min(connectRetries, 2), drain);
    }
    progress.firstConnectAt = undefined;
    progress.connectRetries = 0;
    if (error.kind === 'throttled')
        return rateLimiter.throttle(error.retryAfter);
    if (error.kind !== 'outcome-unknown')
        throw error;
    ambiguous.push(error);
    request.onLostResponse?.();
    if (!retryable || ambiguous.length === MAX_ATTEMPTS)
        throw error;
    drain.throwIfAborted();
    info(`${error.message} Retrying.`);
    await (0,_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .sleep */ .yy)(INITIAL_BACKOFF_MS * 2 ** ambiguous.length, drain);
}
async function attempt({ rateLimiter, signal, debug, redact }, send, request, reader, attempts) {
    const { operation, method, url } = request;
    try {
        request.beforeAttempt?.();
        const response = await send();
        debug(`${method} ${url.pathname}: HTTP status ${response.status} (${reader.requestId(response) ?? 'no id'})`);
        rateLimiter.setQuotaReset(reader.quotaResetSeconds(response));
        const value = reader.parse({ ...response, operation, attempts, redact });
        rateLimiter.succeed();
        return { value };
    }
    catch (error) {
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_1__/* .RequestError */ .GI)
            return error;
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_1__/* .NoResponseError */ .hg)
            return (0,_error_js__WEBPACK_IMPORTED_MODULE_1__/* .toRequestError */ .du)(error, request, attempts, signal);
        throw error;
    }
}


/***/ }),

/***/ 969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ settleSideBySide)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);

async function settleSideBySide(requests) {
    const results = await Promise.allSettled(requests);
    const errors = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
    const refusal = errors.find(error => error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .GI && error.kind === 'rejected');
    if (errors.length > 0)
        throw refusal ?? errors[0];
    return Promise.all(requests);
}


/***/ })

};
;
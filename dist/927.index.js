"use strict";
exports.id = 927;
exports.ids = [927];
exports.modules = {

/***/ 5927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/json.js
var http_json = __webpack_require__(1578);
// EXTERNAL MODULE: ./http/page.js
var page = __webpack_require__(3079);
// EXTERNAL MODULE: ./http/rate-limit.js
var rate_limit = __webpack_require__(2300);
// EXTERNAL MODULE: ./http/time.js + 1 modules
var time = __webpack_require__(808);
;// CONCATENATED MODULE: ./http/get-json-from-deployment.js





const DEPLOYMENT_MS = 60_000;
const INITIAL_PAUSE_MS = 500;
const MAX_PAUSE_MS = 5000;
async function getJsonFromDeployment(client, operation) {
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
    const deadline = (0,time/* monotonicEpochMs */.Mp)() + DEPLOYMENT_MS;
    for (let pause = INITIAL_PAUSE_MS;; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
        const result = await attempt(client, send, request);
        if (!(result instanceof http_error/* RequestError */.GI))
            return result.json;
        if (result.kind === 'throttled') {
            rateLimiter.throttle(result.retryAfter);
            await rateLimiter.acquire(drain, result);
            continue;
        }
        if (result.kind === 'rejected' || (0,time/* monotonicEpochMs */.Mp)() + pause > deadline)
            throw result;
        if (pause === INITIAL_PAUSE_MS)
            info(`${result.message} Retrying for up to 60 seconds.`);
        await (0,time/* sleep */.yy)(pause, drain);
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
            return (0,http_error/* fromNoResponseError */.ho)(error, request, 1, signal);
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
// EXTERNAL MODULE: ./cloudflare/ice-servers.js
var ice_servers = __webpack_require__(2027);
// EXTERNAL MODULE: ./runner/secrets.js
var secrets = __webpack_require__(4249);
;// CONCATENATED MODULE: ./actions/check/ice-servers.js



const MIN_MASKED = 4;
function parseIceServerUrlsAndMask(json) {
    const servers = (0,ice_servers/* collectIceServers */.O)((0,http_json/* isObject */.Gv)(json) && 'iceServers' in json ? json.iceServers : json);
    for (const { urls, username = '', credential = '' } of servers) {
        const texts = urls.some(url => url.includes(username)) ? [credential] : [credential, username];
        texts.filter(text => text.length >= MIN_MASKED).forEach(secrets/* mask */.d);
    }
    return servers.flatMap(({ urls, username = '', credential = '' }) => urls.map(url => ({ url, username, credential })));
}

// EXTERNAL MODULE: ./runner/base-url.js
var base_url = __webpack_require__(1679);
// EXTERNAL MODULE: ./runner/inputs.js
var runner_inputs = __webpack_require__(8519);
// EXTERNAL MODULE: ./runner/workflow-run.js
var workflow_run = __webpack_require__(5463);
;// CONCATENATED MODULE: ./actions/check/inputs.js






const TRANSPORTS = ['udp', 'tcp', 'tls'];
const DEFAULT_TIMEOUT = 10;
function readCheckInputs() {
    const inputs = new runner_inputs/* Inputs */.G();
    const [servers, deployed] = [readIceServers(inputs), readDeployed(inputs)];
    const given = ['ice-servers', 'url'].filter(name => inputs.text(name) !== '');
    inputs.addErrorIf(given.length === 2, '`ice-servers` and `url` are both set: set one of them.');
    inputs.addErrorIf(given.length === 0, `\`ice-servers\` or \`url\` is missing. ${inputs.run.secretsWithheld ? workflow_run/* SECRETS_WITHHELD_HINT */.w : MISSING}`);
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
    inputs.addErrorIf(json === undefined, '`ice-servers` is not JSON: set it to the array for `RTCPeerConnection`, as the output `ice-servers` has it.');
    return parseIceServerUrlsAndMask(json);
}
function readDeployed(inputs) {
    const [text, authorization] = [inputs.text('url'), inputs.text('authorization')];
    for (const secret of [authorization, authorization.replace(/^\S+\s+/, '')])
        (0,secrets/* mask */.d)(secret);
    inputs.addErrorIf(/[^\x20-\x7e]/.test(authorization), '`authorization` contains a character that no header has.');
    inputs.addErrorIf(text === '' && authorization !== '', '`authorization` is set without `url`: it is sent there alone.');
    if (text === '')
        return undefined;
    const url = URL.parse(text);
    inputs.addErrorIf(!url || !(0,base_url/* isSafeBaseUrl */.I)(text.replace(/[?#].*$/s, '')), `\`url\` must be an https URL without a user name (http is for loopback only)${text.startsWith('/') ? ': what was to come before the slash is empty' : ''}.`);
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
    inputs.addErrorIf(unknown.length > 0, `\`require\` takes ${TRANSPORTS.join(', ')}, separated by commas; it has "${unknown.join('", "')}".`);
    return TRANSPORTS.filter(known => names.includes(known));
}

// EXTERNAL MODULE: ../node_modules/@actions/core/lib/core.js + 9 modules
var core = __webpack_require__(3332);
// EXTERNAL MODULE: ./runner/summary.js
var summary = __webpack_require__(3120);
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
    await (0,summary/* summarize */.eh)(relayed.length > 0 ? 'TURN relays' : 'TURN does not relay', { Relayed: inWords(relayed) || 'none', Required: inWords(required) || 'at least one' }, [(0,summary/* table */.tp)(HEADINGS, rows)]);
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
    const { checkUrl } = await __webpack_require__.e(/* import() */ 646).then(__webpack_require__.bind(__webpack_require__, 3646));
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
    return parseIceServerUrlsAndMask(await getJsonFromDeployment(client, `get the ICE servers from ${source.url.host}${source.url.pathname}`));
}


/***/ }),

/***/ 2027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ parseUsableIceServers),
/* harmony export */   O: () => (/* binding */ collectIceServers)
/* harmony export */ });
/* harmony import */ var _http_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1578);

function parseUsableIceServers(json) {
    const servers = withoutPort53(collectIceServers((0,_http_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(json) ? json.iceServers : undefined));
    const turn = servers.find(hasUser);
    return turn && { servers, username: turn.username, credential: turn.credential };
}
const collectIceServers = (json) => [json].flat().flatMap((entry) => parseIceServer(entry) ?? []);
function parseIceServer(value) {
    if (!(0,_http_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
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


/***/ }),

/***/ 8104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GI: () => (/* binding */ RequestError),
/* harmony export */   hg: () => (/* binding */ NoResponseError),
/* harmony export */   ho: () => (/* binding */ fromNoResponseError)
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
function fromNoResponseError(error, request, attempts, signal) {
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

/***/ 1679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ isSafeBaseUrl)
/* harmony export */ });
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


/***/ }),

/***/ 8519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ Inputs)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3332);
/* harmony import */ var _base_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1679);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4249);
/* harmony import */ var _workflow_run_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5463);




const NOT_GIVEN = '(none)';
class Inputs {
    run = (0,_workflow_run_js__WEBPACK_IMPORTED_MODULE_2__/* .readWorkflowRun */ .h)(process.env);
    #errors = [];
    addErrorIf(condition, error) {
        if (condition)
            this.#errors.push(new Error(error));
    }
    throwIfInvalid() {
        if (this.#errors.length > 0)
            throw new AggregateError(this.#errors);
    }
    text(name, variable) {
        const given = (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4)(name);
        if (given !== '' || variable === undefined)
            return given;
        return process.env[variable]?.trim() ?? '';
    }
    required(name, hint, variable) {
        const value = this.text(name, variable);
        this.addErrorIf(value === '', `\`${name}\` is missing${variable ? `, and ${variable} is not set either` : ''}. ${hint}`);
        return value;
    }
    line(name) {
        return this.#oneLine(name, this.text(name));
    }
    keyName(name) {
        const value = (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4)(name, { trimWhitespace: false }).replace(/[\r\n]+$/, '');
        return value.trim() === '' ? '' : this.#oneLine(name, value);
    }
    #oneLine(name, value) {
        this.addErrorIf(/\p{Cc}/u.test(value), `\`${name}\` contains a line break or another control character.`);
        return value;
    }
    token(name, hint, variable) {
        const value = this.required(name, this.run.secretsWithheld ? _workflow_run_js__WEBPACK_IMPORTED_MODULE_2__/* .SECRETS_WITHHELD_HINT */ .w : hint, variable);
        (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .mask */ .d)(value);
        this.addErrorIf(value !== '' && (!/^[\x21-\x7e]+$/.test(value) || /["'`]/.test(value)), `\`${name}\` is malformed: it contains quotes, a space, a line break or a character that no token has. Store just the token in the secret.`);
        return value;
    }
    selector(name, read = 'text') {
        if (process.env[`INPUT_${name.toUpperCase()}`] === undefined)
            return undefined;
        const value = this[read](name);
        if (value === NOT_GIVEN)
            return undefined;
        this.addErrorIf(value === '', `\`${name}\` is empty: check the expression that it comes from.`);
        return value;
    }
    choice(name, choices, defaultValue) {
        const value = this.text(name);
        const choice = choices.find(known => known === (value || defaultValue));
        this.addErrorIf(choice === undefined, `\`${name}\` must be one of ${choices.join(', ')}; it is "${value}".`);
        return choice ?? defaultValue;
    }
    integer(name, min, max, unit) {
        const value = this.text(name);
        if (value === '')
            return undefined;
        const number = Number(value);
        const isValid = /^\d+$/.test(value) && number >= min && number <= max;
        this.addErrorIf(!isValid, `\`${name}\` must be a whole number of ${unit} from ${min} to ${max}; it is "${value}".`);
        return isValid ? number : undefined;
    }
    boolean(name) {
        const value = this.text(name);
        this.addErrorIf(!/^(true|false|)$/i.test(value), `\`${name}\` must be true or false; it is "${value}".`);
        return value.toLowerCase() === 'true';
    }
    baseUrl(name, defaultValue, given = this.text(name)) {
        const url = given || defaultValue;
        this.addErrorIf(!(0,_base_url_js__WEBPACK_IMPORTED_MODULE_3__/* .isSafeBaseUrl */ .I)(url), `\`${name}\` must be an https URL without user name, query or fragment (http is for loopback only): a token is sent there.`);
        return url.replace(/\/+$/, '');
    }
}


/***/ }),

/***/ 3120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a4: () => (/* binding */ mermaid),
/* harmony export */   eh: () => (/* binding */ summarize),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3332);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8898);


const DASHBOARD = 'https://dash.cloudflare.com/?to=/:account/realtime/turn';
async function summarize(heading, rows, more = []) {
    if (process.env.TURN_KEY_SUMMARY === 'false')
        return;
    const cells = Object.entries(rows).map(([name, value]) => `<tr><th>${name}</th><td>${html(value)}</td></tr>`);
    const markup = `<h3>${html(heading)}</h3>\n<table>${cells.join('')}</table>\n${more.join('')}<p><a href="${DASHBOARD}">TURN keys in the Cloudflare dashboard</a></p>\n`;
    try {
        await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markup).write();
    }
    catch (error) {
        (0,_log_js__WEBPACK_IMPORTED_MODULE_1__/* .debug */ .Yz)(`The job summary was not written: ${(0,_log_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`);
    }
}
function table(headings, rows) {
    const line = (tag, cells) => `<tr>${cells.map(cell => `<${tag}>${html(cell)}</${tag}>`).join('')}</tr>`;
    return `<table>${line('th', headings)}${rows.map(row => line('td', row)).join('')}</table>\n`;
}
const mermaid = (diagram) => `\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n`;
const html = (text) => (0,_log_js__WEBPACK_IMPORTED_MODULE_1__/* .sanitize */ .aj)(text).replace(/[&<>"'`|]/g, character => `&#${character.charCodeAt(0)};`);


/***/ }),

/***/ 5463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ readWorkflowRun),
/* harmony export */   w: () => (/* binding */ SECRETS_WITHHELD_HINT)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _http_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1578);


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
        return (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseObject */ .lj)(new TextDecoder().decode((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path ?? ''))) ?? {};
    }
    catch {
        return {};
    }
}
function pullRequestOf({ pull_request, issue }, env) {
    const event = env.GITHUB_EVENT_NAME ?? '';
    if (event === 'issue_comment')
        return (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(issue) && (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(issue.pull_request) ? numberOf(issue) : undefined;
    if (!/^pull_request(_target|_review|_review_comment)?$/.test(event))
        return undefined;
    const [, number] = /^refs\/pull\/([1-9]\d*)\//.exec(env.GITHUB_REF ?? '') ?? [];
    return numberOf(pull_request) ?? (number === undefined ? undefined : Number(number));
}
function numberOf(value) {
    const { number } = (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? value : {};
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
    const { event, head_branch, head_repository } = (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(workflow_run) ? workflow_run : {};
    const isOurs = (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(head_repository) && head_repository.full_name === repository;
    return isOurs && REF_EVENTS.test(String(event)) && typeof head_branch === 'string' ? head_branch : '';
}
function isFromFork({ pull_request }, env) {
    if (!(0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(pull_request) || env.GITHUB_EVENT_NAME === 'pull_request_target')
        return false;
    const { head } = pull_request;
    return (0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(head) && !((0,_http_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(head.repo) && head.repo.full_name === env.GITHUB_REPOSITORY);
}


/***/ })

};
;
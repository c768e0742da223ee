"use strict";
exports.id = 17;
exports.ids = [17];
exports.modules = {

/***/ 7722:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $W: () => (/* binding */ readHexId),
/* harmony export */   GM: () => (/* binding */ readAccount),
/* harmony export */   tM: () => (/* binding */ listKeysAndWarnIfNearlyFull)
/* harmony export */ });
/* harmony import */ var _cloudflare_id_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3076);
/* harmony import */ var _cloudflare_keys_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1613);
/* harmony import */ var _runner_log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8898);



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
    inputs.addErrorIf(value !== '' && !(0,_cloudflare_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isHexId */ .x)(value), `\`${name}\` ${(0,_cloudflare_id_js__WEBPACK_IMPORTED_MODULE_2__/* .describeMalformedId */ .u)(value)} ${hint}`);
    return value.toLowerCase();
}
let isWarned = false;
async function listKeysAndWarnIfNearlyFull(account) {
    const list = await (0,_cloudflare_keys_js__WEBPACK_IMPORTED_MODULE_0__/* .listKeys */ .TH)(account);
    if (list.keys.length >= KEY_COUNT_WARNING && !isWarned) {
        isWarned = true;
        (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_1__/* .warning */ .$e)(`The Cloudflare account ${account.accountId} has ${list.keys.length} of at most ${_cloudflare_keys_js__WEBPACK_IMPORTED_MODULE_0__/* .MAX_KEYS */ .aF} TURN keys. Delete what nobody uses, with the delete action.`);
    }
    return list;
}


/***/ }),

/***/ 8922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseAge)
/* harmony export */ });
const MILLISECONDS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
function parseAge(text) {
    const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
    return count === undefined ? undefined : Number(count) * (MILLISECONDS[unit] ?? 0);
}


/***/ }),

/***/ 3918:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ readUids)
/* harmony export */ });
/* harmony import */ var _cloudflare_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3076);

function readUids(inputs, text) {
    const uids = text.split(/\s+/).filter(Boolean);
    uids.forEach((uid, index) => {
        inputs.addErrorIf(!(0,_cloudflare_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isHexId */ .x)(uid), `\`uid\` number ${index + 1} ${(0,_cloudflare_id_js__WEBPACK_IMPORTED_MODULE_0__/* .describeMalformedId */ .u)(uid)}`);
    });
    return [...new Set(uids.map(uid => uid.toLowerCase()))];
}


/***/ }),

/***/ 2003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JR: () => (/* binding */ hintFor),
/* harmony export */   LD: () => (/* binding */ missingPermissionHint),
/* harmony export */   g0: () => (/* binding */ isPermissionRefused),
/* harmony export */   z3: () => (/* binding */ SERVER_ERROR_HINT)
/* harmony export */ });
/* harmony import */ var _http_page_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3079);

const tokenNeeds = (permission) => `\`api-token\` needs the permission ${permission} on this account; a token that belongs to another account, is disabled or has an IP filter is refused in the same way (the addresses of hosted runners change)`;
const TOKEN_PERMISSION = tokenNeeds('Calls Write (the dashboard may call it Realtime)');
const NO_REALTIME = 10002;
const REFUSALS = [10000, NO_REALTIME];
const isPermissionRefused = (codes, status, isJson) => codes.some(code => REFUSALS.includes(code)) ||
    (isJson && status === 403 && !codes.some(code => code in HINTS_BY_CODE));
const NO_REALTIME_HINT = 'Either the account never subscribed to Realtime (it is free, but requires a card, in the dashboard under Realtime), or';
const missingPermissionHint = (permission, codes = []) => `${codes.includes(NO_REALTIME) ? NO_REALTIME_HINT : 'Likely'}: ${tokenNeeds(permission)}.`;
const NO_SUCH_WORKER = 'There is no such Worker in the account: check `worker` and `account-id`, and deploy the Worker once';
const DEPLOY_LATEST = 'The version of the Worker that was uploaded last is not the one that is deployed, and Cloudflare does not change secrets until it is: deploy it, and run this again';
const HINTS_BY_CODE = {
    971: 'Too many requests in a short time',
    6003: '`api-token` is malformed: look for quotes, a space or a line break in it, and use an API token, not the Global API Key',
    7000: 'Check `account-id`: 32 hex digits, from the account that the token belongs to',
    7003: 'Check `account-id`: 32 hex digits, from the account that the token belongs to',
    9109: '`api-token` is wrong, expired, or not meant for this account: check the token and `account-id`',
    10000: `Likely: ${TOKEN_PERMISSION}`,
    [NO_REALTIME]: `${NO_REALTIME_HINT}: ${TOKEN_PERMISSION}`,
    10007: NO_SUCH_WORKER,
    10053: "The Worker's Wrangler file already gives that name a value: remove it from `vars` there and deploy, or choose other names with `uid-variable` and `key-secret`",
    10214: DEPLOY_LATEST,
    10215: DEPLOY_LATEST,
    10090: NO_SUCH_WORKER,
    20008: 'There is no TURN key with this uid in the account: it was already deleted, or belongs to another account',
};
const SERVER_ERROR_HINT = "The fault is on Cloudflare's side: see https://www.cloudflarestatus.com, and run this again.";
function hintFor(codes, status, isJson) {
    const hint = codes.map(code => HINTS_BY_CODE[code]).find(Boolean);
    if (hint)
        return `${hint}.`;
    if (status >= 500)
        return SERVER_ERROR_HINT;
    if ((0,_http_page_js__WEBPACK_IMPORTED_MODULE_0__/* .isRedirect */ .N6)(status)) {
        return 'Redirects are not followed with a token: check the base URL, and the proxy between here and Cloudflare.';
    }
    if (isJson && status === 401)
        return '`api-token` was not accepted: check that it is the whole token, and still active.';
    return isPermissionRefused(codes, status, isJson) ? `Likely: ${TOKEN_PERMISSION}.` : undefined;
}


/***/ }),

/***/ 3076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ describeMalformedId),
/* harmony export */   x: () => (/* binding */ isHexId)
/* harmony export */ });
const isHexId = (text) => /^[0-9a-f]{32}$/i.test(text);
const describeMalformedId = ({ length }) => `is malformed: it has ${length} ${length === 1 ? 'character' : 'characters'}, and should be 32 hex digits.`;


/***/ }),

/***/ 1613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  aF: () => (/* binding */ MAX_KEYS),
  cF: () => (/* binding */ createKey),
  l0: () => (/* binding */ deleteKey),
  TH: () => (/* binding */ listKeys)
});

// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/json.js
var http_json = __webpack_require__(1578);
// EXTERNAL MODULE: ./cloudflare/id.js
var id = __webpack_require__(3076);
// EXTERNAL MODULE: ./cloudflare/response.js
var cloudflare_response = __webpack_require__(3910);
;// CONCATENATED MODULE: ./cloudflare/parse-keys.js



function parseNewKeyOrThrow(response, name) {
    const result = response.json?.result;
    const key = parseKey(result, name);
    if (!key || !(0,http_json/* isObject */.Gv)(result))
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response has no readable uid');
    return { ...key, secrets: [result.secret, result.key].filter(isFilledText) };
}
function parseKeySnapshotOrThrow(response) {
    const { json, serverTime, receivedAt } = response;
    const result = json?.success === true ? (json.result ?? []) : json?.result;
    if (!Array.isArray(result))
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response has no list of keys');
    const { total_count, total_pages, cursor } = (0,http_json/* isObject */.Gv)(json?.result_info) ? json.result_info : {};
    if (Number(total_count) > result.length || Number(total_pages) > 1 || cursor) {
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response lists only some of the keys, and how to read the rest is not known');
    }
    return { keys: result.flatMap((entry) => parseKey(entry) ?? []), serverTime, receivedAt };
}
function parseKey(value, requestedName = '') {
    if (!(0,http_json/* isObject */.Gv)(value) || typeof value.uid !== 'string' || !(0,id/* isHexId */.x)(value.uid))
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

// EXTERNAL MODULE: ./cloudflare/request.js
var request = __webpack_require__(260);
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
    return (0,request/* requestAndRead */.r)(account, create, response => parseNewKeyOrThrow(response, name));
}
const listKeys = (account) => (0,request/* requestAndRead */.r)(account, { operation: 'list the TURN keys', method: 'GET', path: keysPath(account) }, parseKeySnapshotOrThrow);
async function deleteKey(account, uid) {
    try {
        const path = `${keysPath(account)}/${uid}`;
        return await (0,request/* requestAndRead */.r)(account, { operation: `delete the TURN key ${uid}`, method: 'DELETE', path }, parseDeleted);
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.G) || !error.codes.includes(KEY_NOT_FOUND))
            throw error;
        return error.attempts > 1 ? 'deleted' : 'already deleted';
    }
}
function parseDeleted(response) {
    if (response.status === 204 || response.json?.success === true)
        return 'deleted';
    throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response does not say that it is deleted');
}
const keysPath = ({ accountId }) => `/accounts/${accountId}/calls/turn_keys`;


/***/ }),

/***/ 260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ request),
/* harmony export */   r: () => (/* binding */ requestAndRead)
/* harmony export */ });
/* harmony import */ var _http_retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(840);
/* harmony import */ var _response_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3910);


const request = (client, apiRequest) => requestAndRead(client, apiRequest, response => response);
function requestAndRead(client, { path, body, contentType = 'application/json', ...options }, read) {
    const { baseUrl, token } = client;
    const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body && { 'content-type': contentType }),
    };
    const httpRequest = { ...options, url: new URL(baseUrl + path), headers, body: body ? JSON.stringify(body) : null };
    return (0,_http_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .sendAndReadWithRetry */ .q)(client, httpRequest, {
        requestId: _response_js__WEBPACK_IMPORTED_MODULE_1__/* .requestId */ .z2,
        quotaResetSeconds: _response_js__WEBPACK_IMPORTED_MODULE_1__/* .quotaResetSeconds */ .fm,
        parse: response => read((0,_response_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSuccessOrThrow */ ._P)(response)),
    });
}


/***/ }),

/***/ 3910:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DE: () => (/* binding */ failedResponseError),
/* harmony export */   _P: () => (/* binding */ parseSuccessOrThrow),
/* harmony export */   fm: () => (/* binding */ quotaResetSeconds),
/* harmony export */   lo: () => (/* binding */ unexpectedResponseError),
/* harmony export */   z2: () => (/* binding */ requestId)
/* harmony export */ });
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);
/* harmony import */ var _http_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1578);
/* harmony import */ var _http_page_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3079);
/* harmony import */ var _http_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2300);
/* harmony import */ var _hints_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2003);





const THROTTLED = 971;
const MAX_TEXT = 1000;
const MAX_ERRORS = 20;
const MAX_DEPTH = 10;
function parseSuccessOrThrow(response) {
    const { status } = response;
    if ((0,_http_page_js__WEBPACK_IMPORTED_MODULE_1__/* .isPage */ .yp)(response) && !(0,_http_page_js__WEBPACK_IMPORTED_MODULE_1__/* .isRateLimitOrRedirect */ .Nr)(status)) {
        throw (0,_http_page_js__WEBPACK_IMPORTED_MODULE_1__/* .foreignResponseError */ .c)(response, 'Cloudflare', requestId(response), _hints_js__WEBPACK_IMPORTED_MODULE_3__/* .SERVER_ERROR_HINT */ .z3);
    }
    const json = (0,_http_json_js__WEBPACK_IMPORTED_MODULE_4__/* .parseObject */ .lj)(response.text);
    if (status >= 200 && status < 300 && json?.success !== false) {
        return { ...response, json };
    }
    throw failedResponseError({ ...response, json });
}
function failedResponseError(response, kind) {
    const { operation, attempts, status, json } = response;
    const messages = messagesOf(json, response.redact);
    const codes = messages.flatMap(({ code }) => code ?? []);
    const words = messages.map(({ text }) => text).join('; ') || plainText(response);
    return new _http_error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G({
        operation,
        kind: kind ?? kindOf(status, codes),
        reason: `Cloudflare responded with HTTP status ${status}${words && `: ${words}`}`,
        hint: (0,_hints_js__WEBPACK_IMPORTED_MODULE_3__/* .hintFor */ .JR)(codes, status, json !== undefined),
        isPermissionRefused: (0,_hints_js__WEBPACK_IMPORTED_MODULE_3__/* .isPermissionRefused */ .g0)(codes, status, json !== undefined),
        requestId: requestId(response),
        status,
        codes,
        retryAfter: (0,_http_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .retryAfterSeconds */ .C)(response),
        attempts,
    });
}
function kindOf(status, codes) {
    if (status === 429 || codes.includes(THROTTLED))
        return 'throttled';
    return status >= 500 ? 'outcome-unknown' : 'rejected';
}
function unexpectedResponseError(response, missing) {
    const { operation, attempts, status } = response;
    const reason = `Cloudflare responded with HTTP status ${status}, but ${missing}`;
    return new _http_error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G({
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
function plainText({ headers, text, redact }) {
    const isCloudflares = headers['cf-ray'] !== undefined && /^text\/plain/i.test(headers['content-type'] ?? '');
    return isCloudflares ? redact(text).trim().slice(0, MAX_TEXT).replace(/\.$/, '') : '';
}
function messagesOf(json, redact) {
    const errors = [json?.errors].flat().slice(0, MAX_ERRORS);
    return errors.flatMap(error => flatten(error, 0, redact));
}
function flatten(error, depth, redact) {
    if (!(0,_http_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(error) || depth > MAX_DEPTH)
        return [];
    const { message, documentation_url, source, error_chain } = error;
    const text = (value) => typeof value === 'string' && value !== '' ? redact(value).slice(0, MAX_TEXT) : undefined;
    const code = typeof error.code === 'number' ? error.code : undefined;
    const pointer = (0,_http_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(source) && text(source.pointer);
    const url = text(documentation_url);
    const parts = [text(message) ?? 'no message', pointer && `at ${pointer}`, url && `see ${url}`];
    const words = [code, parts.filter(Boolean).join(', ')].filter(part => part !== undefined).join(' ');
    const chain = [error_chain].flat().flatMap(link => flatten(link, depth + 1, redact));
    return [{ code, text: words.replace(/\.$/, '') }, ...chain];
}


/***/ }),

/***/ 7542:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ sortNewestFirst),
/* harmony export */   FC: () => (/* binding */ keysCreatedBetween),
/* harmony export */   Ye: () => (/* binding */ keysNamed),
/* harmony export */   pi: () => (/* binding */ selectKeys)
/* harmony export */ });
const keysNamed = (name, keys) => keys.filter(key => key.name === name);
const selectKeys = ({ by, text }, keys) => by === 'name' ? keysNamed(text, keys) : keys.filter(({ name }) => name.startsWith(text));
const sortNewestFirst = (keys) => keys.toSorted((a, b) => (Date.parse(b.created) || 0) - (Date.parse(a.created) || 0));
function keysCreatedBetween(from, to, { keys, serverTime, receivedAt }) {
    const offset = serverTime - receivedAt;
    const earliest = Math.floor((from + offset) / 1000) * 1000;
    const latest = Math.ceil((to + offset) / 1000) * 1000;
    return keys.filter(({ created }) => !(Date.parse(created) < earliest || Date.parse(created) > latest));
}


/***/ }),

/***/ 2626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ awaitAllOrThrowRefusalFirst)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);

const isRejected = (error) => error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G && error.kind === 'rejected';
async function awaitAllOrThrowRefusalFirst(requests, isRefusal = isRejected) {
    const results = await Promise.allSettled(requests);
    const errors = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0)
        throw errors.find(isRefusal) ?? errors[0];
    return Promise.all(requests);
}


/***/ }),

/***/ 6533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ certificateProblem)
/* harmony export */ });
const DATES = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/;
const HOST = /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/;
const UNTRUSTED = /^(CERT|ERROR_IN_CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNSPECIFIED)(_|$)/;
function certificateProblem(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
        const code = 'code' in cause ? String(cause.code) : '';
        if (DATES.test(code))
            return 'dates';
        if (HOST.test(code))
            return 'host';
        if (UNTRUSTED.test(code))
            return 'untrusted';
    }
    return undefined;
}


/***/ }),

/***/ 8104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ RequestError)
/* harmony export */ });
class RequestError extends Error {
    name = 'RequestError';
    kind;
    status;
    codes;
    attempts;
    retryAfter;
    isPermissionRefused;
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
        this.isPermissionRefused = details.isPermissionRefused ?? false;
    }
    get mayBeCarriedOut() {
        return this.kind === 'outcome-unknown' || this.attempts > 1;
    }
    withHint(hint) {
        return new RequestError({ ...this.#details, hint });
    }
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

/***/ 8883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cw: () => (/* binding */ messageOrCode),
/* harmony export */   du: () => (/* binding */ toRequestError),
/* harmony export */   hg: () => (/* binding */ NoResponseError)
/* harmony export */ });
/* harmony import */ var _certificate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6533);
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);


const messageOrCode = (error) => error.message || ('code' in error ? String(error.code) : error.name);
class NoResponseError extends Error {
    name = 'NoResponseError';
    sent;
    constructor(sent, cause) {
        super(messageOrCode(cause), { cause });
        this.sent = sent;
    }
}
function toRequestError(error, request, attempts, signal) {
    const { sent, message, cause } = error;
    const hint = sent ? undefined : refusalHint(error, request.url.host);
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G({
        operation: request.operation,
        kind: hint ? 'rejected' : sent ? 'outcome-unknown' : 'not-sent',
        reason: `${sent ? 'no complete response from' : 'no connection to'} ${request.url.host} (${message})`,
        hint: hint ?? (cause === signal.reason ? undefined : networkErrorHint(cause)),
        attempts,
        cause,
    });
}
function refusalHint(error, host) {
    if (/Proxy response \(407\)/i.test(error.message)) {
        return 'The proxy asks for a user name and password: put them into the URL in https_proxy, with special characters percent-encoded.';
    }
    const problem = (0,_certificate_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateProblem */ .V)(error);
    if (problem === 'dates') {
        return `This machine's clock says ${new Date().toISOString()}: set it if that is wrong. Otherwise the certificate of the server, or of a proxy in between, must be renewed.`;
    }
    if (problem === 'host') {
        return `The certificate is for another host than ${host}: check the URL, and the proxy or DNS that leads there.`;
    }
    return (problem &&
        'The certificate is not trusted here: behind a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate.');
}
function networkErrorHint(cause) {
    if (cause instanceof Error && /proxy/i.test(cause.message))
        return 'Check https_proxy and no_proxy on this runner.';
    return 'Check the network of this runner: a firewall, a proxy (https_proxy), DNS.';
}


/***/ }),

/***/ 3079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N6: () => (/* binding */ isRedirect),
/* harmony export */   Nr: () => (/* binding */ isRateLimitOrRedirect),
/* harmony export */   c: () => (/* binding */ foreignResponseError),
/* harmony export */   yp: () => (/* binding */ isPage)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);

const isPage = ({ headers, text }) => /^\s*</.test(text) || (text !== '' && /html/i.test(headers['content-type'] ?? ''));
const isRedirect = (status) => status >= 300 && status < 400;
const isRateLimitOrRedirect = (status) => status === 429 || isRedirect(status);
function foreignResponseError(response, service, requestId, serverErrorHint) {
    const { operation, attempts, status } = response;
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G({
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
/* harmony export */   q: () => (/* binding */ sendAndReadWithRetry)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);
/* harmony import */ var _no_response_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8883);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(808);



const MAX_ATTEMPTS = 3;
const INITIAL_BACKOFF_MS = 500;
const CONNECT_RETRY_WINDOW_MS = 15_000;
async function sendAndReadWithRetry(client, request, reader) {
    const { rateLimitWaiter, drain } = client;
    const reason = `${rateLimitWaiter.service}'s rate limit is exceeded`;
    const progress = { ambiguous: [], throttled: undefined, firstConnectAt: undefined, connectRetries: 0 };
    try {
        const [{ sendOnce }, dispatcher] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(19), __webpack_require__.e(11)]).then(__webpack_require__.bind(__webpack_require__, 179)), client.dispatcher()]);
        const send = () => sendOnce(dispatcher, request, client.signal);
        for (;;) {
            const attempts = progress.ambiguous.length + 1;
            const usedUp = new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G({ operation: request.operation, kind: 'throttled', reason, attempts });
            await rateLimitWaiter.acquire(drain, progress.throttled ?? usedUp);
            progress.firstConnectAt ??= (0,_time_js__WEBPACK_IMPORTED_MODULE_2__/* .monotonicEpochMs */ .Mp)();
            const error = await attempt(client, send, request, reader, attempts);
            if (!(error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G))
                return error.value;
            await prepareRetry(client, request, error, progress);
        }
    }
    catch (error) {
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G && (error.kind === 'rejected' || error.kind === 'throttled'))
            throw error;
        throw progress.ambiguous.at(-1) ?? error;
    }
}
async function prepareRetry(client, request, error, progress) {
    const { rateLimitWaiter, drain, info } = client;
    const { retryable = request.method !== 'POST' } = request;
    const { ambiguous, firstConnectAt = 0, connectRetries } = progress;
    progress.throttled = error.kind === 'throttled' ? error : undefined;
    if (error.kind === 'not-sent' && (0,_time_js__WEBPACK_IMPORTED_MODULE_2__/* .monotonicEpochMs */ .Mp)() - firstConnectAt < CONNECT_RETRY_WINDOW_MS) {
        progress.connectRetries++;
        if (connectRetries === 0)
            info(`${error.message} Retrying for 15 seconds.`);
        return (0,_time_js__WEBPACK_IMPORTED_MODULE_2__/* .sleep */ .yy)(INITIAL_BACKOFF_MS * 2 ** Math.min(connectRetries, 2), drain);
    }
    progress.firstConnectAt = undefined;
    progress.connectRetries = 0;
    if (error.kind === 'throttled')
        return rateLimitWaiter.throttle(error.retryAfter);
    if (error.kind !== 'outcome-unknown')
        throw error;
    ambiguous.push(error);
    request.onLostResponse?.();
    if (!retryable || ambiguous.length === MAX_ATTEMPTS)
        throw error;
    drain.throwIfAborted();
    info(`${error.message} Retrying.`);
    await (0,_time_js__WEBPACK_IMPORTED_MODULE_2__/* .sleep */ .yy)(INITIAL_BACKOFF_MS * 2 ** ambiguous.length, drain);
}
async function attempt({ rateLimitWaiter, signal, debug, redact }, send, request, reader, attempts) {
    const { operation, method, url } = request;
    try {
        request.beforeAttempt?.();
        const response = await send();
        debug(`${method} ${url.pathname}: HTTP status ${response.status} (${reader.requestId(response) ?? 'no id'})`);
        rateLimitWaiter.setQuotaReset(reader.quotaResetSeconds(response));
        const value = reader.parse({ ...response, operation, attempts, redact });
        rateLimitWaiter.succeed();
        return { value };
    }
    catch (error) {
        if (error instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G)
            return error;
        if (error instanceof _no_response_js__WEBPACK_IMPORTED_MODULE_1__/* .NoResponseError */ .hg)
            return (0,_no_response_js__WEBPACK_IMPORTED_MODULE_1__/* .toRequestError */ .du)(error, request, attempts, signal);
        throw error;
    }
}


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
        (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .mask */ .dK)(value);
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
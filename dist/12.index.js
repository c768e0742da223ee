exports.id = 12;
exports.ids = [12,11];
exports.modules = {

/***/ 567:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

// What is bundled in place of the package `undici`: only the parts in use, which halves the bundle and the time to
// load it. `@actions/github` names fetch, which nothing here calls (see src/github/request.ts). A part that is
// missing fails the build.

exports.Agent = __webpack_require__(7697)
// Run only where there is a proxy.
Object.defineProperty(exports, "J", ({
  enumerable: true,
  get: () => __webpack_require__(629),
}))
exports.h = () => {
  throw new Error('fetch of undici is left out of this bundle (see scripts/undici-parts.cjs)')
}
// undici's index gives every dispatcher its methods; with this one ProxyAgent asks a proxy for a tunnel.
__webpack_require__(3431).prototype.connect = __webpack_require__(4568)


/***/ }),

/***/ 6533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

"use strict";
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

/***/ 179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

"use strict";
// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createDispatcher: () => (/* binding */ createDispatcher),
  sendOnce: () => (/* reexport */ sendOnce)
});

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: ../scripts/undici-parts.cjs
var undici_parts = __webpack_require__(567);
// EXTERNAL MODULE: ./http/time.js + 1 modules
var time = __webpack_require__(808);
;// CONCATENATED MODULE: ./http/content-encoding.js
async function decodeBody(body, contentEncoding, maxOutputLength) {
    const names = (contentEncoding ?? '').split(',').map(name => name.trim());
    const codings = names.filter(name => name !== '' && name.toLowerCase() !== 'identity');
    if (codings.length === 0 || body.length === 0)
        return body;
    const zlib = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
    const decoders = {
        gzip: zlib.gunzipSync,
        'x-gzip': zlib.gunzipSync,
        deflate: (encoded, options) => (hasZlibHeader(encoded) ? zlib.inflateSync : zlib.inflateRawSync)(encoded, options),
        br: zlib.brotliDecompressSync,
    };
    return codings.reduceRight((decoded, name) => {
        const decode = decoders[name.toLowerCase()];
        if (!decode)
            throw new Error(`the content coding "${name}" is not known`);
        return decode(decoded, { maxOutputLength });
    }, body);
}
const hasZlibHeader = ([method = 0, flags = 0]) => (method & 0x0f) === 8 && ((method << 8) + flags) % 31 === 0;

// EXTERNAL MODULE: ./http/no-response.js
var no_response = __webpack_require__(8883);
;// CONCATENATED MODULE: ./http/response-handler.js


const MAX_BODY_BYTES = 8 * 1024 * 1024;
class ResponseHandler {
    #deferred = Promise.withResolvers();
    #sentAt = (0,time/* monotonicEpochMs */.Mp)();
    #chunks = [];
    #size = 0;
    #head = { status: 0, headers: {} };
    #controller;
    #abortReason;
    get response() {
        return this.#deferred.promise;
    }
    abort(reason) {
        this.#abortReason = reason;
        this.#controller?.abort(reason);
        this.onResponseError(this.#controller, reason);
    }
    onRequestStart(controller) {
        this.#controller = controller;
        if (this.#abortReason)
            controller.abort(this.#abortReason);
    }
    onResponseStart(_, status, headers) {
        this.#head = { status, headers: toSingleValues(headers) };
    }
    onResponseData(_, chunk) {
        this.#size += chunk.length;
        if (this.#size > MAX_BODY_BYTES)
            this.abort(new Error('the response is larger than 8 MiB'));
        else
            this.#chunks.push(chunk);
    }
    onResponseEnd() {
        const body = Buffer.concat(this.#chunks);
        const receivedAt = (0,time/* monotonicEpochMs */.Mp)();
        const { date = '' } = this.#head.headers;
        const serverTime = (HTTP_DATE.test(date) && Date.parse(date)) || receivedAt;
        this.#deferred.resolve({ ...this.#head, body, sentAt: this.#sentAt, receivedAt, serverTime });
    }
    onResponseError(_, error) {
        this.#deferred.reject(new no_response/* NoResponseError */.hg(this.#controller !== undefined, error));
    }
}
const HTTP_DATE = /^\w{3}, [0-3]\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} [0-2]\d:[0-5]\d:[0-6]\d GMT$/;
function toSingleValues(headers) {
    const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat()]);
    return Object.fromEntries(entries.map(([name, values]) => [name, name === 'content-encoding' ? values.join(', ') : values[0]]));
}

;// CONCATENATED MODULE: ./http/send-once.js




async function sendOnce(dispatcher, request, signal) {
    const handler = new ResponseHandler();
    const timer = setTimeout(() => handler.abort(new Error('no response within 30 seconds')), time/* REQUEST_TIMEOUT_MS */.j2);
    const onAbort = () => handler.abort(signal.reason);
    signal.addEventListener('abort', onAbort);
    const { origin, pathname, search } = request.url;
    const { method, body } = request;
    const headers = { ...request.headers, 'user-agent': 'cloudflare-turn-key', 'accept-encoding': 'identity' };
    try {
        if (signal.aborted)
            onAbort();
        else
            dispatcher.dispatch({ origin, path: pathname + search, method, headers, body }, handler);
        return await decode(await handler.response);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
    }
}
async function decode({ body, ...response }) {
    try {
        const decoded = await decodeBody(body, response.headers['content-encoding'], MAX_BODY_BYTES);
        return { ...response, text: new TextDecoder().decode(decoded) };
    }
    catch (error) {
        throw new no_response/* NoResponseError */.hg(true, error instanceof Error ? error : new Error(String(error)));
    }
}

;// CONCATENATED MODULE: ./http/dispatcher.js




const CONNECT_TIMEOUT_MS = 15_000;
function createDispatcher(httpsProxy, noProxy) {
    (0,external_node_net_.setDefaultAutoSelectFamilyAttemptTimeout)(time/* HANDSHAKE_TIMEOUT_MS */.bC);
    const options = { allowH2: false, connect: { timeout: CONNECT_TIMEOUT_MS } };
    if (!httpsProxy)
        return new undici_parts.Agent(options);
    return new undici_parts/* EnvHttpProxyAgent */.J({ ...options, connectTimeout: CONNECT_TIMEOUT_MS, httpProxy: '', httpsProxy, noProxy });
}


/***/ }),

/***/ 8104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

"use strict";
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

/***/ 8883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

"use strict";
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


/***/ })

};
;
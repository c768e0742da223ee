"use strict";
exports.id = 10;
exports.ids = [10];
exports.modules = {

/***/ 1612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   getJsonFromDeployment: () => (/* binding */ getJsonFromDeployment)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8104);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1578);
/* harmony import */ var _no_response_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8883);
/* harmony import */ var _page_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3079);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2300);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(808);






const DEPLOYMENT_MS = 60_000;
const INITIAL_PAUSE_MS = 500;
const MAX_PAUSE_MS = 5000;
async function getJsonFromDeployment(client, operation) {
    const authorization = client.authorization && { authorization: client.authorization };
    const headers = { accept: 'application/json', ...authorization };
    const request = { operation, method: 'GET', url: client.url, headers, body: null };
    const { rateLimitWaiter, drain, info } = client;
    const [{ sendOnce }, dispatcher] = await Promise.all([Promise.all(/* import() */[__webpack_require__.e(19), __webpack_require__.e(11)]).then(__webpack_require__.bind(__webpack_require__, 179)), client.dispatcher()]);
    const send = () => sendOnce(dispatcher, request, client.signal);
    const deadline = (0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .monotonicEpochMs */ .Mp)() + DEPLOYMENT_MS;
    for (let pause = INITIAL_PAUSE_MS;; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
        const result = await attempt(client, send, request);
        if (!(result instanceof _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G))
            return result.json;
        if (result.kind === 'throttled') {
            rateLimitWaiter.throttle(result.retryAfter);
            await rateLimitWaiter.acquire(drain, result);
            continue;
        }
        if (result.kind === 'rejected' || (0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .monotonicEpochMs */ .Mp)() + pause > deadline)
            throw result;
        if (pause === INITIAL_PAUSE_MS)
            info(`${result.message} Retrying for up to 60 seconds.`);
        await (0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .sleep */ .yy)(pause, drain);
    }
}
async function attempt({ signal, drain, debug }, send, request) {
    drain.throwIfAborted();
    try {
        const response = await send();
        debug(`GET ${request.url.pathname}: HTTP status ${response.status}`);
        const json = (0,_json_js__WEBPACK_IMPORTED_MODULE_5__/* .parseJson */ .qF)(response.text);
        const isSuccess = response.status >= 200 && response.status < 300;
        return isSuccess && json !== undefined ? { json } : refusal(request, response);
    }
    catch (error) {
        if (error instanceof _no_response_js__WEBPACK_IMPORTED_MODULE_1__/* .NoResponseError */ .hg)
            return (0,_no_response_js__WEBPACK_IMPORTED_MODULE_1__/* .toRequestError */ .du)(error, request, 1, signal);
        throw error;
    }
}
function refusal({ operation, url }, response) {
    const { status, headers } = response;
    const location = headers.location && URL.parse(headers.location, url.href);
    const details = [location && `, a redirect to ${location.host}`, (0,_page_js__WEBPACK_IMPORTED_MODULE_2__/* .isPage */ .yp)(response) && ', and a page instead of JSON'];
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .G({
        operation,
        kind: kindOf(status),
        reason: `${url.host} responded with HTTP status ${status}${details.filter(Boolean).join('')}`,
        hint: hintFor(status, (0,_page_js__WEBPACK_IMPORTED_MODULE_2__/* .isPage */ .yp)(response)),
        status,
        retryAfter: (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .retryAfterSeconds */ .C)(response),
        attempts: 1,
    });
}
function kindOf(status) {
    if (status === 429)
        return 'throttled';
    return status === 404 || status >= 500 || status < 300 ? 'outcome-unknown' : 'rejected';
}
function hintFor(status, wasPage) {
    if ((0,_page_js__WEBPACK_IMPORTED_MODULE_2__/* .isRedirect */ .N6)(status)) {
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


/***/ })

};
;
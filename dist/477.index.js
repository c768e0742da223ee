exports.id = 477;
exports.ids = [477];
exports.modules = {

/***/ 567:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

// What is bundled in place of the package `undici`: only the parts in use, which halves the bundle and the time to
// load it. A part that is missing fails the build.

exports.Agent = __webpack_require__(7697)
// Run only where there is a proxy.
Object.defineProperty(exports, "J", ({
  enumerable: true,
  get: () => __webpack_require__(629),
}))
// undici's index gives every dispatcher its methods; with this one ProxyAgent asks a proxy for a tunnel.
__webpack_require__(3431).prototype.connect = __webpack_require__(4568)


/***/ }),

/***/ 477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createDispatcher: () => (/* binding */ createDispatcher)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(567);


const CONNECT_ATTEMPT_MS = 2500;
const CONNECT_TIMEOUT_MS = 15_000;
function createDispatcher(httpsProxy, noProxy) {
    (0,node_net__WEBPACK_IMPORTED_MODULE_0__.setDefaultAutoSelectFamilyAttemptTimeout)(CONNECT_ATTEMPT_MS);
    const options = { allowH2: false, connect: { timeout: CONNECT_TIMEOUT_MS } };
    if (!httpsProxy)
        return new undici__WEBPACK_IMPORTED_MODULE_1__.Agent(options);
    return new undici__WEBPACK_IMPORTED_MODULE_1__/* .EnvHttpProxyAgent */ .J({ ...options, httpProxy: '', httpsProxy, noProxy });
}


/***/ })

};
;
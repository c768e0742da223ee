exports.id = 775;
exports.ids = [775];
exports.modules = {

/***/ 567:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

// What is bundled in place of the package `undici`: only the parts in use, which halves the bundle and the time to
// load it. `@actions/github` asks for fetch, which ours replaces (see src/github/fetch.ts). A part that is missing fails
// the build.

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

/***/ 9201:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

"use strict";
// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findPublicKey: () => (/* reexport */ findPublicKey),
  readStoredKey: () => (/* reexport */ readStoredKey),
  readVariable: () => (/* reexport */ readVariable),
  reasonGone: () => (/* reexport */ reasonGone),
  removeSecret: () => (/* reexport */ removeSecret),
  removeUid: () => (/* reexport */ removeUid),
  requestStore: () => (/* reexport */ requestStore),
  writeSecret: () => (/* reexport */ writeSecret),
  writeUid: () => (/* reexport */ writeUid)
});

// EXTERNAL MODULE: ./http/json.js
var json = __webpack_require__(1578);
// EXTERNAL MODULE: ../node_modules/@actions/github/lib/github.js + 17 modules
var github = __webpack_require__(1312);
// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/rate-limit.js
var rate_limit = __webpack_require__(2300);
// EXTERNAL MODULE: ./http/retry.js
var retry = __webpack_require__(840);
;// CONCATENATED MODULE: ./github/fetch.js




function createRetryingFetch(client, operation, permissions) {
    return async (url, { method, headers, body = null }) => {
        const request = { operation, method, url: new URL(url), headers, body };
        return (0,retry/* sendWithRetry */.l)(client, request, response => parseOrThrow(response, permissions));
    };
}
function parseOrThrow(response, permissions) {
    const { operation, attempts, status, headers, text } = response;
    if (status < 300) {
        const given = Object.entries(headers).map(([name, value]) => [name, value ?? '']);
        return new Response(status === 204 || status === 205 ? null : text, { status, headers: given });
    }
    const id = headers['x-github-request-id'];
    const reason = reasonOf(response);
    const isThrottled = status === 429 || (status === 403 && isRateLimit(response));
    throw new http_error/* RequestError */.G({
        operation,
        kind: isThrottled ? 'throttled' : status >= 500 ? 'outcome-unknown' : 'rejected',
        reason,
        hint: hintFor(status, reason, permissions),
        requestId: id && `request ${id}`,
        status,
        retryAfter: isThrottled ? rateLimitSeconds(response) : undefined,
        attempts,
    });
}
function reasonOf({ status, text }) {
    const { message, errors, documentation_url } = (0,json/* parseObject */.l)(text) ?? {};
    const parts = [message, errors && JSON.stringify(errors), documentation_url && `see ${documentation_url}`];
    const serverMessage = parts.filter(Boolean).join(', ').slice(0, 1000);
    return `GitHub responded with HTTP status ${status}${serverMessage && `: ${serverMessage}`}`;
}
const isRateLimit = ({ headers, text }) => Boolean(headers['retry-after']) || isUsedUp(headers) || /rate limit/i.test(text);
const isUsedUp = (headers) => headers['x-ratelimit-remaining'] === '0';
const SECONDARY_LIMIT_WAIT_S = 60;
function rateLimitSeconds({ headers }) {
    const retryAfter = (0,rate_limit/* retryAfterSeconds */.C)(headers['retry-after'], headers.date);
    if (retryAfter !== undefined)
        return retryAfter;
    const reset = Number(headers['x-ratelimit-reset']);
    if (!isUsedUp(headers) || !(reset > 0))
        return SECONDARY_LIMIT_WAIT_S;
    const serverTime = Date.parse(headers.date ?? '') || Date.now();
    return Math.max(1, Math.ceil(reset - serverTime / 1000));
}
function hintFor(status, reason, permissions) {
    const suitable = `Use a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}.`;
    if (status < 400)
        return 'Redirects are not followed with a token: was the repository renamed or moved?';
    if (status === 401)
        return '`github-token` is wrong, expired or revoked.';
    if (/by integration/i.test(reason)) {
        return `\`github-token\` lacks permission. The workflow's own GITHUB_TOKEN never has it, whatever its \`permissions:\`. ${suitable}`;
    }
    if (status === 403)
        return `\`github-token\` lacks permission. ${suitable}`;
    if (status === 404)
        return `It does not exist, or \`github-token\` cannot access it. ${suitable}`;
    if (status >= 500)
        return "The fault is on GitHub's side: see https://www.githubstatus.com, and run this again.";
    return undefined;
}

;// CONCATENATED MODULE: ./github/request.js



async function requestRepo(client, operation, route, parameters = {}) {
    const { baseUrl, token, owner, repo, permissions, debug } = client;
    const octokit = (0,github/* getOctokit */.Q)(token, {
        baseUrl,
        log: { debug, info: debug, warn: debug, error: debug },
        request: { fetch: createRetryingFetch(client, operation, permissions) },
    });
    const [method, path] = route.split(' ');
    try {
        const response = await octokit.request(`${method} /repos/{owner}/{repo}${path}`, { owner, repo, ...parameters });
        return { data: response.data, hasNext: /rel="?next/.test(response.headers.link ?? '') };
    }
    catch (error) {
        throw error instanceof Error ? (error.cause ?? error) : error;
    }
}
const isNotFound = (error) => error instanceof http_error/* RequestError */.G && error.status === 404;
async function undefinedOn404(response) {
    try {
        return await response;
    }
    catch (error) {
        if (isNotFound(error))
            return undefined;
        throw error;
    }
}
function unexpectedResponseError(operation) {
    return new http_error/* RequestError */.G({
        operation,
        kind: 'outcome-unknown',
        reason: "GitHub's response did not include the expected value",
        hint: 'Check `GITHUB_API_URL`, and run this again.',
    });
}

;// CONCATENATED MODULE: ./github/key-store.js


async function requestStore(store, operation, route, parameters = {}) {
    const { environment, label } = store;
    const base = environment ? '/environments/{environment}' : '/actions';
    const all = { ...(environment && { environment }), ...parameters };
    return (await requestRepo(store, `${operation} of ${label}`, route.replace(' ', ` ${base}`), all)).data;
}
async function findPublicKey(store) {
    const operation = 'read the public key';
    const response = requestStore(store, operation, 'GET /secrets/public-key');
    const data = store.environment ? await undefinedOn404(response) : await response;
    if (data === undefined)
        return checkRepository(store);
    const { key, key_id: keyId } = (0,json/* isObject */.G)(data) ? data : {};
    if (typeof key === 'string' && typeof keyId === 'string' && Buffer.from(key, 'base64').length === 32) {
        return { keyId, key };
    }
    throw unexpectedResponseError(`${operation} of ${store.label}`);
}
async function readStoredKey(store) {
    const { uid, updatedAt } = await readVariable(store);
    if (uid === undefined && !store.environment)
        await checkVariables(store);
    const { keySecret } = store;
    const secret = await undefinedOn404(requestStore(store, `read the secret ${keySecret}`, `GET /secrets/${keySecret}`));
    return { uid, hasSecret: secret !== undefined, isConsistent: updatedAt >= parseUpdatedAt(secret) };
}
async function readVariable(store) {
    const operation = `read the variable ${store.uidVariable}`;
    const variable = await undefinedOn404(requestStore(store, operation, `GET /variables/${store.uidVariable}`));
    const { value } = (0,json/* isObject */.G)(variable) ? variable : {};
    if (variable !== undefined && typeof value !== 'string')
        throw unexpectedResponseError(`${operation} of ${store.label}`);
    const uid = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
    return { uid, updatedAt: parseUpdatedAt(variable) };
}
async function checkRepository(store) {
    const { owner, repo } = store;
    try {
        await requestRepo(store, `read the repository ${owner}/${repo}`, 'GET ');
    }
    catch (error) {
        if (!isNotFound(error))
            throw error;
        throw error.withHint(`Either \`github-token\` cannot access the repository, or lacks the permission ${store.permissions}.`);
    }
}
async function checkVariables(store) {
    await requestStore(store, 'list the variables', 'GET /variables');
}
const parseUpdatedAt = (data) => ((0,json/* isObject */.G)(data) ? Date.parse(String(data.updated_at)) : Number.NaN);

;// CONCATENATED MODULE: ./github/owners.js



const MAX_PAGES = 100;
const PERMISSIONS = {
    'pull request': 'pull-requests: read',
    'branch or tag': 'contents: read',
    'workflow run': 'actions: read',
};
const STATES = {
    'pull request': { path: '/pulls', idMember: 'number', member: 'state', end: 'closed' },
    'workflow run': { path: '/actions/runs', idMember: 'id', member: 'status', end: 'completed' },
};
async function reasonGone(client, owner) {
    const permissions = PERMISSIONS[owner.kind];
    try {
        return await ask({ ...client, permissions }, owner);
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.G) || (error.status !== 403 && error.status !== 404))
            throw error;
        throw error.withHint(`It does not exist, or \`github-token\` lacks a permission: add \`${permissions}\` to the job's \`permissions:\`.`);
    }
}
async function ask(client, { kind, id }) {
    if (kind === 'branch or tag') {
        const exists = (await isListed(client, `heads/${id}`)) || (await isListed(client, `tags/${id}`));
        return exists ? undefined : `no such ${kind}`;
    }
    const { path, idMember, member, end } = STATES[kind];
    const operation = `read the ${kind} ${id}`;
    const { data } = await requestRepo(client, operation, `GET ${path}/${id}`);
    if (!(0,json/* isObject */.G)(data) || String(data[idMember]) !== id || typeof data[member] !== 'string') {
        throw unexpectedResponseError(`${operation} of ${client.owner}/${client.repo}`);
    }
    return data[member] === end ? `${kind} ${end}` : undefined;
}
async function isListed(client, ref) {
    const operation = `list the refs that start with ${ref}`;
    const path = ref.split('/').map(encodeURIComponent).join('/');
    for (let page = 1; page <= MAX_PAGES; page++) {
        const parameters = { per_page: '100', page: String(page) };
        const { data, hasNext } = await requestRepo(client, operation, `GET /git/matching-refs/${path}`, parameters);
        const refs = Array.isArray(data) ? data.map(one => ((0,json/* isObject */.G)(one) ? String(one.ref) : '')) : [''];
        if (!refs.every(one => one.startsWith(`refs/${ref}`)))
            break;
        if (refs.includes(`refs/${ref}`))
            return true;
        if (!hasNext)
            return false;
    }
    throw unexpectedResponseError(`${operation} of ${client.owner}/${client.repo}`);
}

// EXTERNAL MODULE: ../node_modules/libsodium-wrappers/dist/modules-esm/libsodium-wrappers.mjs + 1 modules
var libsodium_wrappers = __webpack_require__(3434);
;// CONCATENATED MODULE: ./github/write-key.js




const MAX_ATTEMPTS = 3;
async function writeSecret(store, { keyId, key }, secret) {
    const { keySecret } = store;
    await requestStore(store, `write the secret ${keySecret}`, `PUT /secrets/${keySecret}`, {
        encrypted_value: await seal(secret, key),
        key_id: keyId,
    });
}
async function writeUid(store, uid) {
    const { uidVariable: name } = store;
    const operation = `write the variable ${name}`;
    for (let attempt = 1;; attempt++) {
        try {
            await requestStore(store, operation, `PATCH /variables/${name}`, { name, value: uid });
            return;
        }
        catch (error) {
            if (attempt === MAX_ATTEMPTS || !isNotFound(error))
                throw error;
        }
        try {
            await requestStore(store, operation, 'POST /variables', { name, value: uid });
            return;
        }
        catch (error) {
            if (!mayExist(error))
                throw error;
        }
    }
}
async function removeUid(store) {
    const { uidVariable: name } = store;
    await undefinedOn404(requestStore(store, `remove the variable ${name}`, `DELETE /variables/${name}`));
}
async function removeSecret(store) {
    const { keySecret: name } = store;
    await undefinedOn404(requestStore(store, `remove the secret ${name}`, `DELETE /secrets/${name}`));
}
const mayExist = (error) => error instanceof http_error/* RequestError */.G && (error.kind === 'outcome-unknown' || error.status === 409);
async function seal(secret, publicKey) {
    await libsodium_wrappers/* default.ready */.Ay.ready;
    const sealed = libsodium_wrappers/* default */.Ay.crypto_box_seal(Buffer.from(secret), Buffer.from(publicKey, 'base64'));
    return Buffer.from(sealed).toString('base64');
}

;// CONCATENATED MODULE: ./github/index.js





/***/ })

};
;
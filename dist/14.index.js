"use strict";
exports.id = 14;
exports.ids = [14];
exports.modules = {

/***/ 8208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  READ_AGAIN_AFTER_MS: () => (/* reexport */ READ_AGAIN_AFTER_MS),
  createVariableIfAbsent: () => (/* reexport */ createVariableIfAbsent),
  findPublicKey: () => (/* reexport */ findPublicKey),
  findSecretLastWrite: () => (/* reexport */ findSecretLastWrite),
  findVariable: () => (/* reexport */ findVariable),
  isEnvironmentListed: () => (/* reexport */ isEnvironmentListed),
  listNormalizedVariableValues: () => (/* reexport */ listNormalizedVariableValues),
  normalizeUid: () => (/* reexport */ normalizeUid),
  parseUpdatedAt: () => (/* reexport */ parseUpdatedAt),
  readCreationTime: () => (/* reexport */ readCreationTime),
  readPairAndPublicKey: () => (/* reexport */ readPairAndPublicKey),
  readPairProvingAccess: () => (/* reexport */ readPairProvingAccess),
  readStoredPair: () => (/* reexport */ readStoredPair),
  reasonGone: () => (/* reexport */ reasonGone),
  removeSecret: () => (/* reexport */ removeSecret),
  removeVariable: () => (/* reexport */ removeVariable),
  requestStore: () => (/* reexport */ requestStore),
  throwUnlessRepositoryAccessible: () => (/* reexport */ throwUnlessRepositoryAccessible),
  writeSecret: () => (/* reexport */ writeSecret)
});

// EXTERNAL MODULE: ./http/json.js
var json = __webpack_require__(1578);
// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/retry.js
var retry = __webpack_require__(840);
;// CONCATENATED MODULE: ./github/import-octokit.js
async function importOctokitWithoutEventPath() {
    const { GITHUB_EVENT_PATH: path } = process.env;
    delete process.env.GITHUB_EVENT_PATH;
    try {
        return await Promise.all(/* import() */[__webpack_require__.e(19), __webpack_require__.e(16)]).then(__webpack_require__.bind(__webpack_require__, 2728));
    }
    finally {
        if (path !== undefined)
            process.env.GITHUB_EVENT_PATH = path;
    }
}

// EXTERNAL MODULE: ./http/page.js
var page = __webpack_require__(3079);
// EXTERNAL MODULE: ./http/rate-limit.js
var rate_limit = __webpack_require__(2300);
;// CONCATENATED MODULE: ./github/hints.js

const SERVER_ERROR_HINT = "The fault is on GitHub's side: see https://www.githubstatus.com, and run this again.";
const NOT_ACCESSIBLE = /not accessible by|must have .*(rights|permission|access)/i;
const REFUSALS = [
    [/IP allow list/i, "Add this runner's address to that list, or run the job on a runner whose address is on it."],
    [/\bSAML\b/, 'Authorize `github-token` for the organization, or use the token of a GitHub App.'],
    [/archived/i, 'Nothing can be stored in the repository until it is unarchived.'],
    [/lifetime/i, 'Create a token for `github-token` that expires as soon as the organization demands.'],
    [/forbids access/i, 'Use such a token for `github-token` as the organization allows.'],
    [/upgrade to/i, "The repository's plan does not include it; `store: repository` works on every plan."],
    [/suspended/i, 'Use a token for `github-token` that belongs to an account or an App which is not.'],
    [/access blocked/i, 'Ask GitHub about the repository.'],
];
const isRefusalWithReason = (message) => NOT_ACCESSIBLE.test(message) || REFUSALS.some(([words]) => words.test(message));
function hintFor(status, message, needed) {
    if ((0,page/* isRedirect */.N6)(status))
        return 'Redirects are not followed with a token: was the repository renamed or moved?';
    if (status >= 500)
        return SERVER_ERROR_HINT;
    if (status === 401)
        return '`github-token` is wrong, expired or revoked.';
    const [, hint] = REFUSALS.find(([words]) => words.test(message)) ?? [];
    if (hint)
        return hint;
    const saysNothing = /^(|forbidden|not found)$/i.test(message);
    if (status === 404 && saysNothing)
        return `It does not exist, or ${lackingHint(message, needed)}`;
    return NOT_ACCESSIBLE.test(message) || (status === 403 && saysNothing) ? lackingHint(message, needed) : undefined;
}
function lackingHint(message, { permissions, isJobPermission }) {
    if (isJobPermission) {
        return `\`github-token\` lacks a permission: add \`${permissions}\` to the job's \`permissions:\`.`;
    }
    const isOwn = /by integration/i.test(message);
    const own = isOwn ? "The workflow's own GITHUB_TOKEN never has it, whatever its `permissions:`. " : '';
    return `\`github-token\` lacks permission. ${own}Use a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}.`;
}

;// CONCATENATED MODULE: ./github/response.js





const MAX_TEXT = 1000;
function parseSuccessOrThrow(response, needed) {
    const { operation, attempts, status, headers, text, redact } = response;
    if (isForeign(response))
        throw (0,page/* foreignResponseError */.c)(response, 'GitHub', requestId(response), SERVER_ERROR_HINT);
    if (status < 300) {
        const serverTime = Date.parse(headers.date ?? '');
        return { data: (0,json/* parseJson */.qF)(text) ?? null, hasNext: /rel="?next/.test(headers.link ?? ''), serverTime, attempts };
    }
    const { message, errors, documentation_url } = (0,json/* parseObject */.lj)(text) ?? {};
    const isThrottled = status === 429 || (status === 403 && isRateLimit(response, String(message ?? '')));
    const parts = [message, errors && JSON.stringify(errors), documentation_url && `see ${documentation_url}`];
    const words = redact(parts.filter(Boolean).join(', ')).slice(0, MAX_TEXT);
    throw new http_error/* RequestError */.G({
        operation,
        kind: isThrottled ? 'throttled' : status >= 500 ? 'outcome-unknown' : 'rejected',
        reason: `GitHub responded with HTTP status ${status}${words && `: ${words}`}`,
        hint: isThrottled ? undefined : hintFor(status, String(message ?? ''), needed),
        requestId: requestId(response),
        status,
        retryAfter: isThrottled ? rateLimitSeconds(response) : undefined,
        attempts,
    });
}
function isForeign(response) {
    const { status, text } = response;
    if ((0,page/* isRateLimitOrRedirect */.Nr)(status))
        return false;
    return (0,page/* isPage */.yp)(response) || (status >= 400 && status < 500 && typeof (0,json/* parseObject */.lj)(text)?.message !== 'string');
}
const requestId = ({ headers }) => headers['x-github-request-id'] && `request ${headers['x-github-request-id']}`;
function unexpectedResponseError(operation) {
    return new http_error/* RequestError */.G({
        operation,
        kind: 'outcome-unknown',
        reason: "GitHub's response did not include the expected value",
        hint: 'Check `GITHUB_API_URL`, and run this again.',
        attempts: 1,
    });
}
const isRateLimit = ({ headers }, message) => /rate limit/i.test(message) ||
    (!isRefusalWithReason(message) && (Boolean(headers['retry-after']) || isUsedUp(headers)));
const isUsedUp = (headers) => headers['x-ratelimit-remaining'] === '0';
const SECONDARY_LIMIT_WAIT_S = 60;
function rateLimitSeconds(response) {
    const { headers, serverTime } = response;
    const retryAfter = (0,rate_limit/* retryAfterSeconds */.C)(response);
    if (retryAfter !== undefined)
        return retryAfter;
    const reset = Number(headers['x-ratelimit-reset']);
    if (!isUsedUp(headers) || !(reset > 0))
        return SECONDARY_LIMIT_WAIT_S;
    return Math.max(1, Math.ceil(reset - serverTime / 1000));
}

;// CONCATENATED MODULE: ./github/request.js




async function requestRepository(client, { operation, route, parameters, retryable, ...needed }) {
    const { baseUrl, token, owner, repo } = client;
    const [method, path] = route.split(' ');
    const { endpoint } = (await importOctokitWithoutEventPath()).getOctokit(token, { baseUrl }).request;
    const { url, body, ...rest } = endpoint(`${method} /repos/{owner}/{repo}${path}`, {
        headers: { authorization: `Bearer ${token}` },
        owner,
        repo,
        ...parameters,
    });
    const headers = Object.fromEntries(Object.entries(rest.headers).map(([name, value]) => [name, String(value)]));
    return (0,retry/* sendAndReadWithRetry */.q)(client, { operation, method: rest.method, url: new URL(url), headers, body: body ? JSON.stringify(body) : null, retryable }, { requestId: requestId, quotaResetSeconds: () => 0, parse: response => parseSuccessOrThrow(response, needed) });
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

;// CONCATENATED MODULE: ./github/store.js



const READ_AGAIN_AFTER_MS = 1000;
function requestStore(store, operation, route, parameters = {}, retryable) {
    const { environment, label, permissions } = store;
    const base = environment ? '/environments/{environment}' : '/actions';
    return requestRepository(store, {
        operation: `${operation} of ${label}`,
        route: route.replace(' ', ` ${base}`),
        parameters: { ...(environment && { environment }), ...parameters },
        retryable,
        permissions,
    });
}
const parseUpdatedAt = (data) => (0,json/* isObject */.Gv)(data) ? Date.parse(String(data.updated_at)) : Number.NaN;
async function throwUnlessRepositoryAccessible(store) {
    const { owner, repo, permissions } = store;
    try {
        const operation = `read the repository ${owner}/${repo}`;
        await requestRepository(store, { operation, route: 'GET ', permissions });
    }
    catch (error) {
        if (!isNotFound(error))
            throw error;
        throw error.withHint(`Either \`github-token\` cannot access the repository, or lacks the permission ${permissions}.`);
    }
}
async function isEnvironmentListed(store) {
    const { owner, repo, environment } = store;
    const operation = `list the environments of ${owner}/${repo}`;
    for (let page = 1;; page++) {
        const { data, hasNext } = await requestRepository(store, {
            operation,
            route: 'GET /environments',
            parameters: { per_page: '100', page: String(page) },
            permissions: 'Actions: read',
        });
        const listed = (0,json/* isObject */.Gv)(data) && Array.isArray(data.environments) ? data.environments : undefined;
        if (!listed)
            throw unexpectedResponseError(operation);
        const names = listed.map(one => ((0,json/* isObject */.Gv)(one) ? String(one.name).toLowerCase() : ''));
        if (names.includes(environment.toLowerCase()))
            return true;
        if (!hasNext)
            return false;
    }
}

// EXTERNAL MODULE: ./http/time.js + 1 modules
var time = __webpack_require__(808);
;// CONCATENATED MODULE: ./github/variable.js






const MAX_ATTEMPTS = 3;
const BACKOFF_MS = 500;
async function findVariable(store) {
    const operation = `read the variable ${store.uidVariable}`;
    const found = await undefinedOn404(requestStore(store, operation, `GET /variables/${store.uidVariable}`));
    if (found === undefined)
        return undefined;
    const { value } = (0,json/* isObject */.Gv)(found.data) ? found.data : {};
    if (typeof value !== 'string')
        throw unexpectedResponseError(`${operation} of ${store.label}`);
    return { value, uid: normalizeUid(value), updatedAt: parseUpdatedAt(found.data) };
}
const normalizeUid = (value) => value.trim().toLowerCase();
async function createVariableIfAbsent(store, value) {
    const { uidVariable: name } = store;
    try {
        await requestStore(store, `create the variable ${name}`, 'POST /variables', { name, value }, true);
        return 'created';
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.G) || (error.status !== 409 && !error.mayBeCarriedOut))
            throw error;
        const found = await findVariable(store);
        if (found?.value === value)
            return 'created';
        if (error.status !== 409 && !found)
            throw error;
        return error.mayBeCarriedOut ? 'overtaken' : 'exists';
    }
}
async function removeVariable(store) {
    const operation = `remove the variable ${store.uidVariable}`;
    let mayBeRemoved = false;
    try {
        for (let attempt = 1;; attempt++) {
            const missing = await sendRemoval(store, operation);
            mayBeRemoved ||= missing?.mayBeCarriedOut ?? false;
            if (!missing || !(await findVariable(store)))
                return;
            if (attempt === MAX_ATTEMPTS)
                throw missing;
            await (0,time/* sleep */.yy)(BACKOFF_MS * 2 ** attempt, store.drain);
        }
    }
    catch (error) {
        if (!mayBeRemoved)
            throw error;
        const words = error instanceof Error ? error.message : String(error);
        const reason = `a response was lost, and what that request did is not known. ${words.replace(/\.$/, '')}`;
        throw new http_error/* RequestError */.G({
            operation: `${operation} of ${store.label}`,
            kind: 'outcome-unknown',
            reason,
            attempts: 1,
            cause: error,
        });
    }
}
async function sendRemoval(store, operation) {
    try {
        await requestStore(store, operation, `DELETE /variables/${store.uidVariable}`);
        return undefined;
    }
    catch (error) {
        if (isNotFound(error))
            return error;
        throw error;
    }
}

;// CONCATENATED MODULE: ./github/list-variables.js





const MAX_PAGES = 20;
async function listNormalizedVariableValues(store) {
    const values = (await readWholeList(store)) ?? (await readWholeList(store));
    if (values)
        return values;
    throw unexpectedResponseError(`${OPERATION} of ${store.label}`);
}
const OPERATION = 'list the variables';
async function readWholeList(store) {
    const [uids, totals] = [new Map(), new Set()];
    for (let page = 1; page <= MAX_PAGES; page++) {
        const parameters = { per_page: '30', page: String(page) };
        const found = await undefinedOn404(requestStore(store, OPERATION, 'GET /variables', parameters));
        if (found === undefined)
            return [];
        const { total_count, variables } = (0,json/* isObject */.Gv)(found.data) ? found.data : {};
        for (const one of [variables].flat())
            if ((0,json/* isObject */.Gv)(one))
                uids.set(one.name, normalizeUid(String(one.value)));
        totals.add(total_count);
        if (!found.hasNext)
            break;
    }
    return totals.size === 1 && totals.has(uids.size) ? [...uids.values()] : undefined;
}

;// CONCATENATED MODULE: ./github/reason-gone.js



const reason_gone_MAX_PAGES = 100;
const PERMISSIONS = {
    'pull request': 'pull-requests: read',
    'branch or tag': 'contents: read',
    'workflow run': 'actions: read',
};
const STATES = {
    'pull request': { path: '/pulls', idMember: 'number', member: 'state', end: 'closed' },
    'workflow run': { path: '/actions/runs', idMember: 'id', member: 'status', end: 'completed' },
};
async function reasonGone(client, { kind, id }) {
    if (kind === 'branch or tag') {
        const exists = (await isListed(client, `heads/${id}`)) || (await isListed(client, `tags/${id}`));
        return exists ? undefined : `no such ${kind}`;
    }
    const { path, idMember, member, end } = STATES[kind];
    const operation = `read the ${kind} ${id}`;
    const { data } = await requestRepository(client, { operation, route: `GET ${path}/${id}`, ...neededFor(kind) });
    if (!(0,json/* isObject */.Gv)(data) || String(data[idMember]) !== id || typeof data[member] !== 'string') {
        throw unexpectedResponseError(`${operation} of ${client.owner}/${client.repo}`);
    }
    return data[member] === end ? `${kind} ${end}` : undefined;
}
const neededFor = (kind) => ({
    permissions: PERMISSIONS[kind],
    isJobPermission: true,
});
async function isListed(client, ref) {
    const operation = `list the refs that start with ${ref}`;
    const path = ref.split('/').map(encodeURIComponent).join('/');
    for (let page = 1; page <= reason_gone_MAX_PAGES; page++) {
        const parameters = { per_page: '100', page: String(page) };
        const { data, hasNext } = await requestRepository(client, {
            operation,
            route: `GET /git/matching-refs/${path}`,
            parameters,
            ...neededFor('branch or tag'),
        });
        const refs = Array.isArray(data) ? data.map(one => ((0,json/* isObject */.Gv)(one) ? String(one.ref) : '')) : [''];
        if (!refs.every(one => one.startsWith(`refs/${ref}`)))
            break;
        if (refs.includes(`refs/${ref}`))
            return true;
        if (!hasNext)
            return false;
    }
    throw unexpectedResponseError(`${operation} of ${client.owner}/${client.repo}`);
}

;// CONCATENATED MODULE: ./github/repository.js



async function readCreationTime(client) {
    const operation = `read the repository ${client.owner}/${client.repo}`;
    const needed = { permissions: 'contents: read', isJobPermission: true };
    const { data } = await requestRepository(client, { operation, route: 'GET ', ...needed });
    const createdAt = (0,json/* isObject */.Gv)(data) ? Date.parse(String(data.created_at)) : Number.NaN;
    if (Number.isNaN(createdAt))
        throw unexpectedResponseError(operation);
    return createdAt;
}

// EXTERNAL MODULE: ../node_modules/libsodium-wrappers/dist/modules-esm/libsodium-wrappers.mjs + 1 modules
var libsodium_wrappers = __webpack_require__(3434);
;// CONCATENATED MODULE: ./github/secret.js






async function findPublicKey(store) {
    const operation = 'read the public key';
    const response = requestStore(store, operation, 'GET /secrets/public-key');
    const found = store.environment ? await undefinedOn404(response) : await response;
    if (found === undefined)
        return throwUnlessRepositoryAccessible(store);
    const { key, key_id: keyId } = (0,json/* isObject */.Gv)(found.data) ? found.data : {};
    if (typeof key === 'string' && typeof keyId === 'string' && Buffer.from(key, 'base64').length === 32) {
        return { keyId, key };
    }
    throw unexpectedResponseError(`${operation} of ${store.label}`);
}
async function findSecretLastWrite(store) {
    const { keySecret: name } = store;
    const found = await undefinedOn404(requestStore(store, `read the secret ${name}`, `GET /secrets/${name}`));
    return found && { writtenAt: parseUpdatedAt(found.data), readAt: found.serverTime };
}
async function writeSecret(store, { keyId, key }, secret) {
    const { keySecret: name } = store;
    const body = { encrypted_value: await seal(secret, key), key_id: keyId };
    const { serverTime, attempts } = await requestStore(store, `write the secret ${name}`, `PUT /secrets/${name}`, body);
    return { writtenAt: serverTime, mayBeWrittenAgain: attempts > 1 };
}
async function removeSecret(store) {
    const { keySecret: name } = store;
    try {
        await requestStore(store, `remove the secret ${name}`, `DELETE /secrets/${name}`);
    }
    catch (error) {
        if (!isNotFound(error))
            throw error;
        for (let look = 1; await findSecretLastWrite(store); look++) {
            if (look === MAX_LOOKS)
                throw error;
            await (0,time/* sleep */.yy)(READ_AGAIN_AFTER_MS, store.drain);
        }
    }
}
const MAX_LOOKS = 3;
async function seal(secret, publicKey) {
    await libsodium_wrappers/* default.ready */.Ay.ready;
    const sealed = libsodium_wrappers/* default */.Ay.crypto_box_seal(Buffer.from(secret), Buffer.from(publicKey, 'base64'));
    return Buffer.from(sealed).toString('base64');
}

// EXTERNAL MODULE: ./http/await-all.js
var await_all = __webpack_require__(2626);
;// CONCATENATED MODULE: ./github/stored-pair.js




const RESTORABLE_AFTER_MS = 5000;
async function readStoredPair(store) {
    const [variable, secret] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([findVariable(store), findSecretLastWrite(store)]);
    const isConsistent = variable !== undefined && secret !== undefined && variable.updatedAt >= secret.writtenAt;
    const isRestorable = isConsistent && secret.readAt - secret.writtenAt > RESTORABLE_AFTER_MS;
    return { variable, secretTime: secret?.writtenAt, isConsistent, isRestorable };
}
async function readPairAndPublicKey(store) {
    const [publicKey, , pair] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([
        findPublicKey(store),
        store.environment ? undefined : checkVariables(store),
        readStoredPair(store),
    ]);
    return publicKey && { publicKey, pair };
}
async function readPairProvingAccess(store) {
    const held = await readPairAndPublicKey(store);
    if (held)
        return held.pair;
    throw new Error(`There is no longer ${store.label}, or \`github-token\` lost the permission ${store.permissions}.`);
}
async function checkVariables(store) {
    await requestStore(store, 'list the variables', 'GET /variables');
}

;// CONCATENATED MODULE: ./github/index.js









/***/ })

};
;
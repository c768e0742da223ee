export const id = 103;
export const ids = [103];
export const modules = {

/***/ 1103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  isConsistent: () => (/* reexport */ isConsistent),
  readPublicKey: () => (/* reexport */ readPublicKey),
  readStoredKey: () => (/* reexport */ readStoredKey),
  removeSecret: () => (/* binding */ removeSecret),
  removeUid: () => (/* binding */ removeUid),
  requestStore: () => (/* reexport */ requestStore),
  writeSecret: () => (/* binding */ writeSecret),
  writeUid: () => (/* binding */ writeUid)
});

// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/json.js
var json = __webpack_require__(1578);
// EXTERNAL MODULE: ../node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(1075);
// EXTERNAL MODULE: ./http/rate-limit.js
var rate_limit = __webpack_require__(2300);
// EXTERNAL MODULE: ./http/retry.js + 1 modules
var retry = __webpack_require__(4837);
;// CONCATENATED MODULE: ./github/fetch.js




/**
 * A fetch for octokit that goes through the proxy, within a time limit, follows no redirect, and retries what may be
 * retried. A POST may not. `permissions` says which ones the token needs, for the hint of a rejected request.
 * It throws RequestError for anything but a success.
 */
function createRetryingFetch(client, operation, permissions) {
    return async (url, { method, headers, body = null }) => (0,retry/* sendWithRetry */.l)(client, {
        request: { method, url: new URL(url), headers, body },
        operation,
        idempotent: method !== 'POST',
        parse: (response, attempts) => parseResponse(response, operation, permissions, attempts),
    });
}
/** A Response with one of these statuses takes no body, not even an empty one. */
const NULL_BODY_STATUSES = new Set([204, 205]);
/** https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately */
function parseResponse(response, operation, permissions, attempts) {
    const { status, headers, text } = response;
    if (status < 300) {
        const given = Object.entries(headers).map(([name, value]) => [name, value ?? '']);
        return new Response(NULL_BODY_STATUSES.has(status) ? null : text, { status, headers: given });
    }
    const id = headers['x-github-request-id'];
    const reason = reasonOf(response);
    const isThrottled = status === 429 || (status === 403 && isRateLimit(response));
    throw new http_error/* RequestError */.GI({
        operation,
        kind: isThrottled ? 'throttled' : status >= 500 ? 'outcome-unknown' : 'rejected',
        reason,
        hint: hintFor(status, reason, permissions),
        requestId: id && `request ${id}`,
        status,
        retryAfter: isThrottled ? retryAfterSeconds(response) : undefined,
        attempts,
    });
}
/** GitHub's own message, where there is one. */
function reasonOf({ status, text }) {
    const { message, errors, documentation_url } = (0,json/* parseObject */.l)(text) ?? {};
    const parts = [message, errors && JSON.stringify(errors), documentation_url && `see ${documentation_url}`];
    const serverMessage = parts.filter(Boolean).join(', ').slice(0, 1000);
    return `GitHub responded with HTTP status ${status}${serverMessage && `: ${serverMessage}`}`;
}
function isRateLimit({ headers, text }) {
    return Boolean(headers['retry-after']) || isUsedUp(headers) || /rate limit/i.test(text);
}
/** Every response says when the quota is renewed; that only matters when it is used up. */
function isUsedUp(headers) {
    return headers['x-ratelimit-remaining'] === '0';
}
const SECONDARY_LIMIT_WAIT_S = 60;
function retryAfterSeconds({ headers }) {
    const retryAfter = (0,rate_limit/* parseRetryAfter */.m)(headers['retry-after'], headers.date);
    if (retryAfter !== undefined)
        return retryAfter;
    const reset = Number(headers['x-ratelimit-reset']);
    if (!isUsedUp(headers) || !(reset > 0))
        return SECONDARY_LIMIT_WAIT_S;
    const serverTime = Date.parse(headers.date ?? '') || Date.now();
    return Math.max(1, Math.ceil(reset - serverTime / 1000));
}
/** Undefined when nothing is known. */
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



/**
 * Sends a request below `/repos/{owner}/{repo}` and returns the response's data. Octokit fills and encodes the path.
 * @param operation to follow "Could not": `write the secret X of the environment "staging"`
 * @throws RequestError, or the reason of `client.drain`
 */
async function requestRepo(client, operation, route, parameters = {}) {
    const { apiUrl, token, owner, repo, permissions, debug } = client;
    const octokit = (0,github/* getOctokit */.Q)(token, {
        baseUrl: apiUrl,
        log: { debug, info: debug, warn: debug, error: debug },
        request: { fetch: createRetryingFetch(client, operation, permissions) },
    });
    const [method, path] = route.split(' ');
    try {
        const { data } = await octokit.request(`${method} /repos/{owner}/{repo}${path}`, {
            owner,
            repo,
            ...parameters,
        });
        return data;
    }
    catch (error) {
        // Octokit wraps what our fetch throws.
        throw error instanceof Error ? (error.cause ?? error) : error;
    }
}
/** Whether GitHub said that something does not exist, or that the token cannot access it. */
function isNotFound(error) {
    return error instanceof http_error/* RequestError */.GI && error.status === 404;
}
/** What was requested, or undefined where it does not exist. @throws RequestError */
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

;// CONCATENATED MODULE: ./github/key-store.js



/** Sends a request below the store's own path: `PUT /secrets/X`. */
function requestStore(store, operation, route, parameters = {}) {
    const { environment, label } = store;
    const base = environment === undefined ? '/actions' : '/environments/{environment}';
    return requestRepo(store, `${operation} of ${label}`, route.replace(' ', ` ${base}`), {
        ...(environment !== undefined && { environment }),
        ...parameters,
    });
}
/**
 * Reads the public key. Undefined when the repository has no such environment.
 * @throws RequestError, also when a token may not use a private repository's secrets: GitHub's 404 means nothing else.
 */
async function readPublicKey(store) {
    const operation = 'read the public key';
    const response = requestStore(store, operation, 'GET /secrets/public-key');
    const data = store.environment === undefined ? await response : await undefinedOn404(response);
    if (data === undefined)
        return checkRepository(store);
    const { key, key_id: keyId } = (0,json/* isRecord */.u)(data) ? data : {};
    if (typeof key === 'string' && typeof keyId === 'string' && Buffer.from(key, 'base64').length === 32) {
        return { keyId, key };
    }
    throw unexpectedResponseError(store, operation);
}
/** Whether a stored pair belongs together: both are there, and the uid, which is written last, is not older. */
function isConsistent({ uid, uidUpdatedAt, secretUpdatedAt }) {
    if (uid === undefined || uidUpdatedAt === undefined || secretUpdatedAt === undefined)
        return false;
    return uidUpdatedAt >= secretUpdatedAt;
}
/**
 * Reads the variable, and when it and the secret were written.
 * https://docs.github.com/rest/actions/secrets and https://docs.github.com/rest/actions/variables
 * @throws RequestError
 */
async function readStoredKey(store) {
    const { uidVariable, keySecret } = store;
    const readVariable = `read the variable ${uidVariable}`;
    const variable = await undefinedOn404(requestStore(store, readVariable, `GET /variables/${uidVariable}`));
    const { value } = (0,json/* isRecord */.u)(variable) ? variable : {};
    if (variable === undefined && store.environment === undefined)
        await checkVariables(store);
    if (variable !== undefined && typeof value !== 'string')
        throw unexpectedResponseError(store, readVariable);
    const readSecret = `read the secret ${keySecret}`;
    const secret = await undefinedOn404(requestStore(store, readSecret, `GET /secrets/${keySecret}`));
    return {
        uid: typeof value === 'string' ? value.trim().toLowerCase() : undefined,
        uidUpdatedAt: parseUpdatedAt(variable),
        secretUpdatedAt: parseUpdatedAt(secret),
    };
}
/** GitHub responds alike for an environment that does not exist and a repository that the token cannot access. */
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
/**
 * A private repository's variable is a 404 for a token that may not read it, and so is the list of variables, which
 * otherwise exists. (An environment's public key, which the same permission allows, was read before.)
 */
async function checkVariables(store) {
    await requestStore(store, 'list the variables', 'GET /variables');
}
function parseUpdatedAt(data) {
    const { updated_at: time } = (0,json/* isRecord */.u)(data) ? data : {};
    return (typeof time === 'string' && Date.parse(time)) || undefined;
}
function unexpectedResponseError(store, operation) {
    return new http_error/* RequestError */.GI({
        operation: `${operation} of ${store.label}`,
        kind: 'outcome-unknown',
        reason: "GitHub's response did not include the expected value",
        hint: 'Check `GITHUB_API_URL`, and run this again.',
    });
}

// EXTERNAL MODULE: ../node_modules/libsodium-wrappers/dist/modules-esm/libsodium-wrappers.mjs + 1 modules
var libsodium_wrappers = __webpack_require__(3434);
;// CONCATENATED MODULE: ./github/sealed-box.js

/**
 * Seals a secret for GitHub's public key, base64 in and out.
 * https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api
 */
async function seal(secret, publicKey) {
    await libsodium_wrappers/* default.ready */.Ay.ready;
    const sealed = libsodium_wrappers/* default */.Ay.crypto_box_seal(Buffer.from(secret), Buffer.from(publicKey, 'base64'));
    return Buffer.from(sealed).toString('base64');
}

;// CONCATENATED MODULE: ./github/write-key.js




// So that one import() loads all of this folder.

const MAX_ATTEMPTS = 3;
/**
 * Writes a TURN key's secret, sealed.
 * https://docs.github.com/rest/actions/secrets#create-or-update-an-environment-secret
 * @throws RequestError
 */
async function writeSecret(store, { keyId, key }, secret) {
    const { keySecret } = store;
    await requestStore(store, `write the secret ${keySecret}`, `PUT /secrets/${keySecret}`, {
        encrypted_value: await seal(secret, key),
        key_id: keyId,
    });
}
/**
 * Writes a TURN key's uid: PATCH, then POST where the variable does not exist. A POST that may have been carried out, or
 * that finds the variable there (409), is followed by a PATCH, which does no harm.
 * https://docs.github.com/rest/actions/variables#update-an-environment-variable
 * @throws RequestError
 */
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
/** Removes the variable, which may be gone already. @throws RequestError */
async function removeUid(store) {
    const { uidVariable } = store;
    await undefinedOn404(requestStore(store, `remove the variable ${uidVariable}`, `DELETE /variables/${uidVariable}`));
}
/** Removes the secret, which may be gone already. @throws RequestError */
async function removeSecret(store) {
    const { keySecret } = store;
    await undefinedOn404(requestStore(store, `remove the secret ${keySecret}`, `DELETE /secrets/${keySecret}`));
}
function mayExist(error) {
    return error instanceof http_error/* RequestError */.GI && (error.kind === 'outcome-unknown' || error.status === 409);
}


/***/ })

};

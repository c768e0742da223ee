export const id = 570;
export const ids = [570];
export const modules = {

/***/ 8570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findEnvironment: () => (/* reexport */ findEnvironment),
  isHealthy: () => (/* binding */ isHealthy),
  removePair: () => (/* binding */ removePair),
  writeSecret: () => (/* binding */ writeSecret),
  writeUid: () => (/* binding */ writeUid)
});

// EXTERNAL MODULE: ../node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(1075);
// EXTERNAL MODULE: ./github/error.js
var github_error = __webpack_require__(9335);
// EXTERNAL MODULE: ./cloudflare/answer.js
var cloudflare_answer = __webpack_require__(1091);
// EXTERNAL MODULE: ./http/persist.js + 1 modules
var persist = __webpack_require__(1634);
// EXTERNAL MODULE: ./http/rate-limit.js + 1 modules
var rate_limit = __webpack_require__(6552);
;// CONCATENATED MODULE: ./github/fetch.js




/**
 * A fetch for octokit that goes our way: through the proxy, within a time limit, following no redirect, and repeating
 * what may be repeated. A POST is not.
 * @throws GithubError for anything but an answer that octokit can read.
 */
function persistentFetch(line, operation) {
    return async (url, { method, headers, body = null }) => {
        const errand = {
            request: { method, url: new URL(url), headers, body },
            repeatable: method !== 'POST',
            read: (answer, tries) => read(answer, operation, tries),
            silence: ({ sent, message, cause }, tries) => new github_error/* GithubError */.E({
                operation,
                fate: sent ? 'unknown' : 'unprocessed',
                what: `${sent ? 'no whole answer from' : 'no connection to'} ${new URL(url).host} (${message})`,
                tries,
                cause,
            }),
            limited: () => new github_error/* GithubError */.E({ operation, fate: 'rate limited', what: "GitHub's rate limit is used up" }),
        };
        return (0,persist/* persist */.Z)(line, errand);
    };
}
/** https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately */
function read(answer, operation, tries) {
    const { status, headers, text } = answer;
    const report = { operation, status, requestId: headers['x-github-request-id'], tries, what: quote(answer) };
    if (status >= 500)
        return new github_error/* GithubError */.E({ ...report, fate: 'unknown' });
    if (status === 429 ||
        (status === 403 && (headers['retry-after'] || headers['x-ratelimit-remaining'] === '0'))) {
        return new github_error/* GithubError */.E({ ...report, fate: 'rate limited', retryAfter: pauseAskedFor(answer) });
    }
    if (status >= 300)
        return new github_error/* GithubError */.E({ ...report, fate: 'refused' });
    const given = Object.entries(headers).map(([name, value]) => [name, value ?? '']);
    return new Response(status === 204 ? null : text, { status, headers: given });
}
/** GitHub's own words, where it has any. */
function quote({ status, text }) {
    const { message, errors, documentation_url } = parse(text);
    const words = [
        message,
        errors && JSON.stringify(errors),
        documentation_url && `see ${documentation_url}`,
    ].filter(Boolean);
    return `GitHub answered with HTTP status ${status}${words.length > 0 ? `: ${words.join(', ').slice(0, 1000)}` : ''}`;
}
function parse(text) {
    try {
        const json = JSON.parse(text);
        return (0,cloudflare_answer/* isRecord */.u4)(json) ? json : {};
    }
    catch {
        return {};
    }
}
function pauseAskedFor({ headers }) {
    const reset = Number(headers['x-ratelimit-reset']);
    if (headers['retry-after'] || !(reset > 0))
        return (0,rate_limit/* secondsToWait */.U2)(headers['retry-after']);
    return Math.max(1, Math.ceil(reset - Date.now() / 1000));
}

;// CONCATENATED MODULE: ./github/api.js



/**
 * Makes a call below `/repos/{owner}/{repo}` and returns the answer's data. Octokit fills and encodes the path.
 * @param operation to follow "Could not": `read the environment "staging"`
 * @throws GithubError, or the reason of `lifeline.stop`
 */
async function call(api, operation, route, parameters = {}) {
    const { apiUrl, token, owner, repo, debug } = api;
    const log = { debug, info: debug, warn: debug, error: debug };
    const octokit = (0,github/* getOctokit */.Q)(token, {
        baseUrl: apiUrl,
        log,
        request: { fetch: persistentFetch(api, operation) },
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
/** Whether GitHub said that something does not exist, or that the token may not see it. */
function isNotFound(error) {
    return error instanceof github_error/* GithubError */.E && error.status === 404;
}

;// CONCATENATED MODULE: ./github/environment.js



/** The path of an environment below its repository. */
const ENVIRONMENT = '/environments/{environment}';
/**
 * Reads everything that can be checked before a key is made: the environment, its public key, variable and secret.
 * Undefined when the repository has no such environment.
 * https://docs.github.com/rest/deployments/environments, /rest/actions/secrets and /rest/actions/variables
 * @throws GithubError
 */
async function findEnvironment(place) {
    const { environment, uidVariable, keySecret } = place;
    if (!(await exists(place)))
        return undefined;
    const read = (what, path, parameters) => call(place, `read ${what} of the environment "${environment}"`, `GET ${ENVIRONMENT}${path}`, {
        environment,
        ...parameters,
    });
    const [publicKey, variable, secret] = await Promise.all([
        read('the public key', '/secrets/public-key', {}),
        orMissing(read(`the variable ${uidVariable}`, '/variables/{name}', { name: uidVariable })),
        orMissing(read(`the secret ${keySecret}`, '/secrets/{name}', { name: keySecret })),
    ]);
    const uid = (0,cloudflare_answer/* isRecord */.u4)(variable) && typeof variable.value === 'string' ? variable.value : undefined;
    const pair = { uid, uidWritten: writtenAt(variable), keyWritten: writtenAt(secret) };
    return { pair, publicKey: readPublicKey(publicKey, environment) };
}
async function exists(place) {
    const { environment, owner, repo } = place;
    const found = await orMissing(call(place, `read the environment "${environment}"`, `GET ${ENVIRONMENT}`, { environment }));
    // GitHub says the same of an environment that is not there and of a repository that the token may not see.
    if (found === undefined)
        await call(place, `read the repository ${owner}/${repo}`, 'GET ');
    return found !== undefined;
}
/** What was asked for, or undefined where it does not exist. Throws GithubError. */
async function orMissing(answer) {
    try {
        return await answer;
    }
    catch (error) {
        if (isNotFound(error))
            return undefined;
        throw error;
    }
}
function writtenAt(entry) {
    if (!(0,cloudflare_answer/* isRecord */.u4)(entry))
        return undefined;
    const time = typeof entry.updated_at === 'string' ? Date.parse(entry.updated_at) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
}
function readPublicKey(answer, environment) {
    if ((0,cloudflare_answer/* isRecord */.u4)(answer) && typeof answer.key === 'string' && typeof answer.key_id === 'string') {
        return { id: answer.key_id, base64: answer.key };
    }
    const operation = `read the public key of the environment "${environment}"`;
    throw new github_error/* GithubError */.E({ operation, fate: 'unknown', what: 'GitHub answered without one' });
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

;// CONCATENATED MODULE: ./github/pair.js





/**
 * Whether a stored pair belongs together: the variable names one of the keys that exist, there is a secret, and the
 * variable, which is written last, is not older than it.
 */
function isHealthy({ uid, uidWritten, keyWritten }, uids) {
    if (uid === undefined || uidWritten === undefined || keyWritten === undefined)
        return false;
    return uids.includes(uid) && uidWritten >= keyWritten;
}
/** Writes the key's secret. @throws GithubError */
async function writeSecret(place, { id, base64 }, secret) {
    const { environment, keySecret } = place;
    await call(place, `write the secret ${keySecret} of the environment "${environment}"`, `PUT ${ENVIRONMENT}/secrets/{name}`, {
        environment,
        name: keySecret,
        encrypted_value: await seal(secret, base64),
        key_id: id,
    });
}
/** Writes the key's uid: PATCH where the variable exists, POST where it does not. @throws GithubError */
async function writeUid(place, { uid: before }, uid) {
    const { environment, uidVariable: name } = place;
    const operation = `write the variable ${name} of the environment "${environment}"`;
    const update = () => call(place, operation, `PATCH ${ENVIRONMENT}/variables/{variable}`, {
        environment,
        variable: name,
        name,
        value: uid,
    });
    const create = () => call(place, operation, `POST ${ENVIRONMENT}/variables`, { environment, name, value: uid });
    if (before !== undefined)
        await update().catch(error => otherwise(isNotFound(error), error, create));
    // A POST without an answer may have made the variable: writing over it does no harm.
    else
        await create().catch(error => otherwise(mayExist(error), error, update));
}
/** Removes the variable and the secret, each of which may be gone already. @throws GithubError */
async function removePair(place) {
    const { environment, uidVariable, keySecret } = place;
    const remove = (what, path, name) => orMissing(call(place, `remove ${what} ${name} of the environment "${environment}"`, `DELETE ${ENVIRONMENT}${path}`, { environment, name }));
    await remove('the variable', '/variables/{name}', uidVariable);
    await remove('the secret', '/secrets/{name}', keySecret);
}
function otherwise(applies, error, then) {
    if (applies)
        return then();
    throw error;
}
function mayExist(error) {
    return error instanceof github_error/* GithubError */.E && (error.fate === 'unknown' || error.status === 409);
}


/***/ })

};

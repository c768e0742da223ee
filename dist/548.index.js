export const id = 548;
export const ids = [548];
export const modules = {

/***/ 4548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findEnvironment: () => (/* reexport */ findEnvironment),
  isHealthy: () => (/* binding */ isHealthy),
  removePair: () => (/* binding */ removePair),
  writeSecret: () => (/* binding */ writeSecret),
  writeUid: () => (/* binding */ writeUid)
});

// EXTERNAL MODULE: ./http/json.js
var json = __webpack_require__(1578);
// EXTERNAL MODULE: ./github/error.js
var github_error = __webpack_require__(9335);
;// CONCATENATED MODULE: ./github/answer.js


const KEY_BYTES = 32;
/** An answer's public key. @throws GithubError when there is none that a secret can be sealed with */
function readPublicKey(answer, operation) {
    const { key, key_id: id } = (0,json/* isRecord */.u)(answer) ? answer : {};
    if (typeof key === 'string' && typeof id === 'string' && Buffer.from(key, 'base64').length === KEY_BYTES) {
        return { id, base64: key };
    }
    throw unreadable(operation);
}
/** A variable's value, and when it was written. @throws GithubError when the answer holds no value */
function readValue(answer, operation) {
    const { value } = (0,json/* isRecord */.u)(answer) ? answer : {};
    if (typeof value !== 'string')
        throw unreadable(operation);
    return { value, written: readWritten(answer) };
}
/** When a variable or a secret was last written, in milliseconds since the epoch; undefined when that cannot be read. */
function readWritten(answer) {
    const { updated_at: time } = (0,json/* isRecord */.u)(answer) ? answer : {};
    const written = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    return Number.isNaN(written) ? undefined : written;
}
function unreadable(operation) {
    return new github_error/* GithubError */.E({
        operation,
        fate: 'unknown',
        what: 'GitHub answered without it',
        advice: 'Check `GITHUB_API_URL`, and run this again.',
    });
}

// EXTERNAL MODULE: ../node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(1075);
// EXTERNAL MODULE: ./http/rate-limit.js + 1 modules
var rate_limit = __webpack_require__(6552);
// EXTERNAL MODULE: ./http/retry.js + 1 modules
var retry = __webpack_require__(4837);
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
            fail: silence => new github_error/* GithubError */.E({ operation, ...silence }),
        };
        return (0,retry/* persist */.Z)(line, errand);
    };
}
/** A Response with one of these takes no body, not even an empty one. */
const NO_BODY = new Set([204, 205]);
/** https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately */
function read(answer, operation, tries) {
    const { status, headers, text } = answer;
    const report = { operation, status, requestId: headers['x-github-request-id'], tries, what: quote(answer) };
    if (status >= 500)
        return new github_error/* GithubError */.E({ ...report, fate: 'unknown' });
    if (status === 429 || (status === 403 && isRateLimit(answer))) {
        return new github_error/* GithubError */.E({ ...report, fate: 'rate limited', retryAfter: pauseAskedFor(answer) });
    }
    if (status >= 300)
        return new github_error/* GithubError */.E({ ...report, fate: 'refused' });
    const given = Object.entries(headers).map(([name, value]) => [name, value ?? '']);
    return new Response(NO_BODY.has(status) ? null : text, { status, headers: given });
}
/** GitHub's own words, where it has any. */
function quote({ status, text }) {
    const { message, errors, documentation_url } = (0,json/* parseObject */.l)(text) ?? {};
    const words = [
        message,
        errors && JSON.stringify(errors),
        documentation_url && `see ${documentation_url}`,
    ].filter(Boolean);
    return `GitHub answered with HTTP status ${status}${words.length > 0 ? `: ${words.join(', ').slice(0, 1000)}` : ''}`;
}
function isRateLimit({ headers, text }) {
    return Boolean(headers['retry-after']) || isUsedUp(headers) || /rate limit/i.test(text);
}
/** Every answer says when the quota is renewed; that only matters when it is used up. */
function isUsedUp(headers) {
    return headers['x-ratelimit-remaining'] === '0';
}
const UNTOLD_WAIT = 60;
function pauseAskedFor({ headers }) {
    if (headers['retry-after'])
        return (0,rate_limit/* secondsToWait */.U2)(headers['retry-after'], headers.date);
    const reset = Number(headers['x-ratelimit-reset']);
    if (!isUsedUp(headers) || !(reset > 0))
        return UNTOLD_WAIT;
    return Math.max(1, Math.ceil(reset - Date.now() / 1000));
}

;// CONCATENATED MODULE: ./github/request.js



/**
 * Makes a call below `/repos/{owner}/{repo}` and returns the answer's data. Octokit fills and encodes the path.
 * @param operation to follow "Could not": `write the secret X of the environment "staging"`
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
 * Reads everything that can be checked before a key is made: the environment's public key, variable and secret.
 * Undefined when the repository has no such environment. (To read the environment itself takes one permission more.)
 * https://docs.github.com/rest/actions/secrets and https://docs.github.com/rest/actions/variables
 * @throws GithubError
 */
async function findEnvironment(place) {
    const { environment, uidVariable, keySecret } = place;
    const read = async (what, path, take) => {
        const operation = `read ${what} of the environment "${environment}"`;
        const answer = await orMissing(call(place, operation, `GET ${ENVIRONMENT}${path}`, { environment }));
        return answer === undefined ? undefined : take(answer, operation);
    };
    const publicKey = await read('the public key', '/secrets/public-key', readPublicKey);
    if (!publicKey) {
        await seeRepository(place);
        return undefined;
    }
    const variable = await read(`the variable ${uidVariable}`, `/variables/${uidVariable}`, readValue);
    const keyWritten = await read(`the secret ${keySecret}`, `/secrets/${keySecret}`, readWritten);
    return { pair: { uid: variable?.value, uidWritten: variable?.written, keyWritten }, publicKey };
}
/** GitHub says the same of an environment that is not there and of a repository that the token may not see. */
async function seeRepository(place) {
    const { environment, owner, repo } = place;
    try {
        await call(place, `read the repository ${owner}/${repo}`, 'GET ');
    }
    catch (error) {
        if (!isNotFound(error))
            throw error;
        throw error.advising(`Either \`github-token\` may not see the repository, or it has no environment "${environment}": make that in its settings, under Environments.`);
    }
}
/** What was asked for, or undefined where it does not exist. @throws GithubError */
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

;// CONCATENATED MODULE: ./github/stored-key.js




// So that one import() loads all of this folder.

const TRIES = 3;
/** Whether a stored pair belongs together: both are there, and the uid, which is written last, is not the older one. */
function isHealthy({ uid, uidWritten, keyWritten }) {
    return uid !== undefined && uidWritten !== undefined && keyWritten !== undefined && uidWritten >= keyWritten;
}
/**
 * Writes the key's secret, sealed.
 * https://docs.github.com/rest/actions/secrets#create-or-update-an-environment-secret
 * @throws GithubError
 */
async function writeSecret(place, { id, base64 }, secret) {
    const { environment, keySecret } = place;
    await call(place, `write the secret ${keySecret} of the environment "${environment}"`, `PUT ${ENVIRONMENT}/secrets/{name}`, {
        environment,
        name: keySecret,
        encrypted_value: await seal(secret, base64),
        key_id: id,
    });
}
/**
 * Writes the key's uid: PATCH where the variable exists, POST where it does not. A POST without an answer may have made
 * it, and is followed by a PATCH, which does no harm.
 * https://docs.github.com/rest/actions/variables#update-an-environment-variable
 * @throws GithubError
 */
async function writeUid(place, { uid: before }, uid) {
    const { environment, uidVariable: name } = place;
    const operation = `write the variable ${name} of the environment "${environment}"`;
    let exists = before !== undefined;
    for (let tries = 1;; tries++) {
        try {
            const route = exists ? `PATCH ${ENVIRONMENT}/variables/${name}` : `POST ${ENVIRONMENT}/variables`;
            await call(place, operation, route, { environment, name, value: uid });
            return;
        }
        catch (error) {
            if (tries === TRIES || !(exists ? isNotFound(error) : mayExist(error)))
                throw error;
            exists = !exists;
        }
    }
}
/**
 * Removes the variable and the secret, each of which may be gone already.
 * https://docs.github.com/rest/actions/secrets#delete-an-environment-secret and its like for variables
 * @throws Error with what is left, and why
 */
async function removePair(place) {
    const { environment, uidVariable, keySecret } = place;
    const problems = [];
    const remove = async (what, path) => {
        const operation = `remove ${what} of the environment "${environment}"`;
        try {
            await orMissing(call(place, operation, `DELETE ${ENVIRONMENT}${path}`, { environment }));
        }
        catch (error) {
            if (!(error instanceof Error))
                throw error;
            problems.push(error instanceof github_error/* GithubError */.E ? error.message : `Could not ${operation}: ${error.message}`);
        }
    };
    await remove(`the variable ${uidVariable}`, `/variables/${uidVariable}`);
    await remove(`the secret ${keySecret}`, `/secrets/${keySecret}`);
    if (problems.length > 0)
        throw new Error(problems.join(' '));
}
function mayExist(error) {
    return error instanceof github_error/* GithubError */.E && (error.fate === 'unknown' || error.status === 409);
}


/***/ })

};

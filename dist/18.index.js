"use strict";
exports.id = 18;
exports.ids = [18];
exports.modules = {

/***/ 9093:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  check: () => (/* reexport */ main),
  create: () => (/* reexport */ main_main),
  createPost: () => (/* reexport */ post),
  credentials: () => (/* reexport */ credentials_main_main),
  credentialsPost: () => (/* reexport */ post_post),
  deleteMain: () => (/* reexport */ delete_main_main)
});

// EXTERNAL MODULE: ./runner/log.js
var log = __webpack_require__(8898);
// EXTERNAL MODULE: ./http/json.js
var http_json = __webpack_require__(1578);
;// CONCATENATED MODULE: ./cloudflare/ice-servers.js

function parseIceServersWithoutPort53(json) {
    const servers = withoutPort53(collectIceServers((0,http_json/* isObject */.Gv)(json) ? json.iceServers : undefined));
    const turn = servers.find(hasUser);
    return turn && { servers, username: turn.username, credential: turn.credential };
}
const collectIceServers = (json) => [json].flat().flatMap((entry) => parseIceServer(entry) ?? []);
function parseIceServer(value) {
    if (!(0,http_json/* isObject */.Gv)(value))
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

// EXTERNAL MODULE: ./runner/secrets.js
var secrets = __webpack_require__(4249);
;// CONCATENATED MODULE: ./actions/check/ice-servers.js



function collectUrlsAndMask(json) {
    const servers = collectIceServers((0,http_json/* isObject */.Gv)(json) && 'iceServers' in json ? json.iceServers : json);
    for (const { urls, username = '', credential = '' } of servers) {
        const texts = urls.some(url => url.includes(username)) ? [credential] : [credential, username];
        texts.forEach(secrets/* maskUnlessShort */.b6);
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
    return collectUrlsAndMask(json);
}
function readDeployed(inputs) {
    const [text, authorization] = [inputs.text('url'), inputs.text('authorization')];
    for (const secret of [authorization, authorization.replace(/^\S+\s+/, '')])
        (0,secrets/* maskUnlessShort */.b6)(secret);
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
    setCheckOutputs([]);
    const { source, required, timeout } = readCheckInputs();
    const servers = await readServers(source, context);
    (0,log/* info */.pq)(`Checking ${servers.length} ${servers.length === 1 ? 'URL' : 'URLs'} for up to ${timeout} seconds.`);
    const { checkUrl } = await __webpack_require__.e(/* import() */ 15).then(__webpack_require__.bind(__webpack_require__, 4576));
    const checks = await Promise.all(servers.map(server => checkUrl(server, timeout, context.drain)));
    context.drain.throwIfAborted();
    setCheckOutputs(checks);
    await reportChecks(checks, required);
    throwUnlessRelayed(checks, required);
}
async function readServers(source, context) {
    if ('servers' in source)
        return source.servers;
    const { getJsonFromDeployment } = await __webpack_require__.e(/* import() */ 10).then(__webpack_require__.bind(__webpack_require__, 1612));
    const client = context.createClient(source.url.host, source);
    return collectUrlsAndMask(await getJsonFromDeployment(client, `get the ICE servers from ${source.url.host}${source.url.pathname}`));
}

// EXTERNAL MODULE: ./http/await-all.js
var await_all = __webpack_require__(2626);
// EXTERNAL MODULE: ./runner/run.js + 2 modules
var run = __webpack_require__(8164);
// EXTERNAL MODULE: ./actions/account.js
var actions_account = __webpack_require__(7722);
// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/time.js + 1 modules
var time = __webpack_require__(808);
// EXTERNAL MODULE: ./cloudflare/request.js
var request = __webpack_require__(260);
// EXTERNAL MODULE: ./cloudflare/response.js
var cloudflare_response = __webpack_require__(3910);
;// CONCATENATED MODULE: ./cloudflare/credentials.js





async function mint(client, options) {
    const { uid, ttl, customIdentifier, onLostResponse } = options;
    return retryUntilPropagated(client, options, {
        operation: `mint ICE servers from the TURN key ${uid}`,
        method: 'POST',
        path: `/turn/keys/${uid}/credentials/generate-ice-servers`,
        body: { ttl, customIdentifier },
        retryable: true,
        onLostResponse,
    });
}
function readCredentials(response, ttl) {
    const credentials = parseIceServersWithoutPort53(response.json);
    if (!credentials) {
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response has no TURN server with a username and a credential');
    }
    const { sentAt, receivedAt, serverTime } = response;
    const expiresAt = new Date(serverTime - (receivedAt - sentAt) + ttl * 1000).toISOString();
    return { ...credentials, expiresAt };
}
async function revoke(client, uid, username) {
    try {
        const operation = `revoke the credential minted from the TURN key ${uid}`;
        const path = `/turn/keys/${uid}/credentials/${encodeURIComponent(username)}/revoke`;
        await (0,request/* request */.E)(client, { operation, method: 'POST', path, retryable: true });
        return 'revoked';
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.G))
            throw error;
        if (error.status === 404)
            return 'gone';
        throw error.status === 401 || isForbidden(error) ? error.withHint(SECRET_REFUSED) : error;
    }
}
const isForbidden = ({ status, codes, isPermissionRefused }) => status === 403 && (codes.length > 0 || isPermissionRefused);
const SECRET_REFUSED = 'It is not revoked: the credentials API refuses the secret of the key that it was minted from.';
const STILL_UNKNOWN = 'The key was created a moment ago, and the credentials API does not know it: run this again, and check `rtc-url` if you set it.';
const WRONG_SECRET = "`key` is the wrong secret: use the TURN key's own secret (the root action's output `key`, TURN_KEY_API_TOKEN in Cloudflare's docs), not the account's API token.";
const WRONG_UID = 'The credentials API knows no TURN key with this uid: check that it is the uid of the key that the secret belongs to, and that the key was not deleted.';
async function retryUntilPropagated(client, { isNew, ttl }, apiRequest) {
    const seconds = isNew ? 60 : 10;
    const deadline = (0,time/* monotonicEpochMs */.Mp)() + seconds * 1000;
    for (let wait = 500;; wait = Math.min(wait * 2, 5000)) {
        try {
            return await (0,request/* requestAndRead */.r)(client, apiRequest, response => readCredentials(response, ttl));
        }
        catch (error) {
            if (!(error instanceof http_error/* RequestError */.G) || !/^40[134]$/.test(`${error.status}`))
                throw error;
            const { status } = error;
            const remaining = deadline - (0,time/* monotonicEpochMs */.Mp)();
            if (remaining <= 0 || (status === 403 && !isNew)) {
                if (status === 403 && !isForbidden(error))
                    throw error;
                throw error.withHint(isNew ? STILL_UNKNOWN : status === 404 ? WRONG_UID : WRONG_SECRET);
            }
            if (wait === 500) {
                const reason = `Cloudflare does not know the key yet (HTTP status ${status})`;
                client.info(`${reason}: retrying for up to ${seconds} seconds.`);
            }
            await (0,time/* sleep */.yy)(Math.min(wait, remaining), client.drain);
        }
    }
}

;// CONCATENATED MODULE: ./actions/ice-servers.js



const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1';
const MAX_TTL = 172_800;
function readMintInputs(inputs) {
    return {
        ttl: inputs.integer('ttl', 1, MAX_TTL, 'seconds'),
        customIdentifier: inputs.line('custom-identifier') || undefined,
        rtcUrl: inputs.baseUrl('rtc-url', CREDENTIALS_API),
    };
}
async function mintAndMask(client, options) {
    const minted = await mint(client, options);
    for (const { username = '', credential = '' } of minted.servers)
        [credential, username].forEach(secrets/* mask */.dK);
    return minted;
}
function setIceServerOutputs({ servers, username, credential, expiresAt }) {
    (0,core/* setOutput */.uH)('ice-servers', JSON.stringify(servers));
    (0,core/* setOutput */.uH)('username', username);
    (0,core/* setOutput */.uH)('credential', credential);
    (0,core/* setOutput */.uH)('expires-at', expiresAt);
}

// EXTERNAL MODULE: ./cloudflare/keys.js + 1 modules
var keys = __webpack_require__(1613);
;// CONCATENATED MODULE: ./actions/create/state.js


const PHASES = ['requested', 'created', 'storing', 'stored', 'published', 'rolled-back'];
const MEMBERS = {
    name: '',
    isJobScoped: false,
    deleteAfterJob: 'never',
    uid: '',
    firstRequestedAt: 0,
    lastRequestedAt: 0,
    responseLostAt: 0,
    reportedUids: '',
};
let current = { phase: 'rolled-back', account: { accountId: '', token: '', baseUrl: '' }, ...MEMBERS };
function updateCreateState(changes) {
    const next = { ...current, ...changes };
    if (next.phase !== 'published')
        current = next;
    (0,core/* saveState */.LZ)('create', next);
    current = next;
}
function updateCreateStateIfPossible(changes) {
    try {
        updateCreateState(changes);
    }
    catch {
    }
}
const currentCreateState = () => current;
function loadCreateStateOrThrow() {
    const state = (0,http_json/* parseObject */.lj)((0,core/* getState */.Gu)('create'));
    if (isCreateState(state))
        return state;
    throw new Error('The state that this step saved cannot be read: if it created a TURN key that was to be deleted, it is not. Its log has the uid.');
}
function isCreateState(value) {
    if (!(0,http_json/* isObject */.Gv)(value) || !(0,http_json/* isObject */.Gv)(value.account))
        return false;
    const members = Object.entries(MEMBERS).every(([name, member]) => typeof value[name] === typeof member);
    return (members && PHASES.some(phase => phase === value.phase) && hasTexts(value.account, ['accountId', 'token', 'baseUrl']));
}
const hasTexts = (value, names) => names.every(name => typeof value[name] === 'string');
function saveSupersededForPost({ uids, keyStore }) {
    if (uids.length === 0)
        return;
    (0,core/* saveState */.LZ)('superseded', uids.join(''));
    if (keyStore)
        (0,core/* saveState */.LZ)('key-store', keyStore);
}
function loadSupersededOrThrow() {
    const uids = (0,core/* getState */.Gu)('superseded').match(/.{32}/g) ?? [];
    const saved = (0,core/* getState */.Gu)('key-store');
    if (saved === '')
        return { uids, keyStore: undefined };
    const keyStore = (0,http_json/* parseObject */.lj)(saved);
    if (isKeyStore(keyStore))
        return { uids, keyStore };
    throw new Error(`The older TURN keys are kept, because the state that this step saved cannot be read: ${uids.join(', ')}.`);
}
function isKeyStore(value) {
    const names = ['environment', 'label', 'owner', 'repo', 'token', 'baseUrl', 'uidVariable'];
    return (0,http_json/* isObject */.Gv)(value) && hasTexts(value, [...names, 'keySecret', 'permissions']);
}

;// CONCATENATED MODULE: ./actions/create/create-key.js





async function createAndSaveKey(account, name) {
    try {
        const key = await (0,keys/* createKey */.cF)(account, name, {
            beforeAttempt: saveRequest,
            onLostResponse: () => updateCreateState({ responseLostAt: (0,time/* monotonicEpochMs */.Mp)() }),
        });
        key.secrets.forEach(secrets/* mask */.dK);
        updateCreateState({ phase: 'created', uid: key.uid });
        return key;
    }
    catch (error) {
        if (currentCreateState().phase === 'requested')
            updateCreateState({ phase: 'rolled-back' });
        if (error instanceof http_error/* RequestError */.G && error.kind === 'outcome-unknown')
            account.drain.throwIfAborted();
        throw error;
    }
}
function saveRequest() {
    const lastRequestedAt = (0,time/* monotonicEpochMs */.Mp)();
    const firstRequestedAt = currentCreateState().firstRequestedAt || lastRequestedAt;
    updateCreateState({ phase: 'requested', firstRequestedAt, lastRequestedAt });
}

;// CONCATENATED MODULE: ./actions/create/is-others-pair.js
const LATER_MS = 1000;
const isWrittenSince = ({ secretTime = 0 }, { writtenAt }) => secretTime > writtenAt + LATER_MS;
const isOthersPair = (pair, own) => pair.variable !== undefined && pair.variable.uid !== own.uid && isWrittenSince(pair, own);

// EXTERNAL MODULE: ./http/rate-limit.js
var rate_limit = __webpack_require__(2300);
;// CONCATENATED MODULE: ./actions/create/short-rate-limit-waits.js

const MAX_WAIT_MS = 5000;
function withShortRateLimitWaits(client) {
    const { rateLimitWaiter, info } = client;
    return {
        ...client,
        rateLimitWaiter: new rate_limit/* RateLimitWaiter */.o(rateLimitWaiter.service, { remainingMs: MAX_WAIT_MS }, info),
    };
}

;// CONCATENATED MODULE: ./actions/create/restore-variable.js



async function restoreVariableIfSecretUnchanged(store) {
    const { github, pair } = store;
    const client = withShortRateLimitWaits(store.client);
    const isUnchanged = async () => (await github.findSecretLastWrite(client))?.writtenAt === pair.secretTime;
    let isBack = false;
    const removeUnlessOthers = async () => {
        let found = await github.findVariable(client);
        if (!found && isBack) {
            await (0,time/* sleep */.yy)(github.READ_AGAIN_AFTER_MS, client.drain);
            found = await github.findVariable(client);
        }
        if (!found || found.value !== pair.variable?.value)
            return found !== undefined;
        isBack = true;
        await github.removeVariable(client);
        return false;
    };
    try {
        if (!(await isUnchanged()))
            return await removeUnlessOthers();
        if (!pair.variable || !pair.isRestorable)
            return (await github.findVariable(client)) !== undefined;
        if ((await github.createVariableIfAbsent(client, pair.variable.value)) !== 'created')
            return true;
        isBack = true;
        return (await isUnchanged()) || (await removeUnlessOthers());
    }
    catch (error) {
        const became = isBack
            ? 'was put back, but another job may have written the secret since: store a new key with `if-exists: replace`.'
            : 'may not have been put back:';
        throw new Error(`The variable ${client.uidVariable} of ${client.label} ${became} ${(0,log/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}

;// CONCATENATED MODULE: ./actions/create/restore-or-invalidate-pair.js





async function restoreOrInvalidatePairAndExplain(store) {
    const { github, client, progress } = store;
    const { label, uidVariable, keySecret } = client;
    const { phase, uid } = currentCreateState();
    const kept = `The TURN key ${uid} is kept`;
    if (progress === 'checked')
        return `${kept}: ${label} stores it, and the next run with \`if-exists: reuse\` keeps it.`;
    if (progress === 'stored')
        return `${kept}, because ${label} may store it. ${NEXT_RUN}`;
    if (progress === 'written') {
        if (await isStoredSince(store)) {
            (0,log/* info */.pq)(`Another job stored its TURN key in ${label} since: that pair stays.`);
            if (phase === 'storing')
                updateCreateStateIfPossible({ phase: 'created' });
            return '';
        }
        const why = `${kept}, because the secret ${keySecret} of ${label} holds it or may hold it. `;
        const problem = await github.removeVariable(withShortRateLimitWaits(client)).then(() => '', log/* messageOf */.bD);
        const left = problem
            ? `The variable ${uidVariable} could not be removed: ${problem} ${NEXT_RUN}`
            : `The variable ${uidVariable} was removed, so ${STORES_NEW}`;
        return (phase === 'storing' ? why : '') + left;
    }
    return progress === 'removed' ? restoreOrDescribe(store) : '';
}
const LOOK_TIMEOUT = 3000;
async function isStoredSince({ github, client, drain, lastWrite }) {
    if (!lastWrite)
        return false;
    const signal = AbortSignal.any([client.signal, drain, AbortSignal.timeout(LOOK_TIMEOUT)]);
    const looking = github.readStoredPair({ ...withShortRateLimitWaits(client), signal, drain: signal });
    const pair = await looking.catch(() => undefined);
    return Boolean(pair?.isConsistent && isOthersPair(pair, lastWrite));
}
async function restoreOrDescribe(store) {
    try {
        if (await restoreVariableIfSecretUnchanged(store))
            return '';
    }
    catch (error) {
        return (0,log/* messageOf */.bD)(error);
    }
    const { uidVariable, label } = store.client;
    return `The variable ${uidVariable} of ${label} was removed and not put back, because nothing shows that it still belongs to the secret: ${STORES_NEW}`;
}
const STORES_NEW = 'the next run with `if-exists: reuse` or `replace` stores a new key.';
const NEXT_RUN = 'The next run with `if-exists: reuse` keeps the pair if it is whole, and stores a new key if it is not.';

// EXTERNAL MODULE: ./cloudflare/hints.js
var hints = __webpack_require__(2003);
;// CONCATENATED MODULE: ./cloudflare/worker-secrets.js





const WORKER_NOT_FOUND = [10007, 10090];
const MERGE_PATCH = 'application/merge-patch+json';
const describeSecrets = ({ worker, kind }) => kind === 'worker'
    ? `the secrets of the Worker "${worker}"`
    : `the Previews base configuration of the Worker "${worker}"`;
async function listSecretNames(account, secrets) {
    const { isOwn, path } = locate(account, secrets);
    const list = { operation: `read ${describeSecrets(secrets)}`, method: 'GET', path };
    try {
        return await (0,request/* requestAndRead */.r)(account, isOwn ? { ...list, path: `${path}/secrets` } : list, isOwn ? readOwn : readBase);
    }
    catch (error) {
        if (error instanceof http_error/* RequestError */.G && error.codes.some(code => WORKER_NOT_FOUND.includes(code)))
            return undefined;
        throw withPermissionHint(error);
    }
}
async function patchSecrets(account, secrets, values) {
    const { isOwn, path } = locate(account, secrets);
    const entries = Object.entries(values).map(([name, text]) => {
        const secret = { ...(isOwn && { name }), type: 'secret_text', text };
        return [name, text === null ? null : secret];
    });
    const patch = Object.fromEntries(entries);
    const change = {
        operation: `change ${describeSecrets(secrets)}`,
        method: 'PATCH',
        path: isOwn ? `${path}/secrets-bulk` : path,
        contentType: MERGE_PATCH,
        body: isOwn ? { secrets: patch } : { previews_base_config: { env: patch } },
    };
    try {
        await (0,request/* requestAndRead */.r)(account, change, checkSuccess);
    }
    catch (error) {
        throw withPermissionHint(error);
    }
}
function locate({ accountId }, { worker, kind }) {
    const isOwn = kind === 'worker';
    return { isOwn, path: `/accounts/${accountId}/workers/${isOwn ? 'scripts' : 'workers'}/${worker}` };
}
function readOwn(response) {
    const { json } = response;
    const result = json?.success === true ? (json.result ?? []) : json?.result;
    if (!Array.isArray(result))
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response has no list of secrets');
    return result.flatMap((secret) => (isSecret(secret) && typeof secret.name === 'string' ? secret.name : []));
}
function readBase(response) {
    const { result } = response.json ?? {};
    if (!(0,http_json/* isObject */.Gv)(result))
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response has no Worker');
    const { env } = (0,http_json/* isObject */.Gv)(result.previews_base_config) ? result.previews_base_config : {};
    return Object.entries((0,http_json/* isObject */.Gv)(env) ? env : {}).flatMap(([name, binding]) => (isSecret(binding) ? name : []));
}
const isSecret = (value) => (0,http_json/* isObject */.Gv)(value) && value.type === 'secret_text';
function checkSuccess(response) {
    if (response.json?.success !== true) {
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response does not say that they were changed');
    }
}
function withPermissionHint(error) {
    if (!(error instanceof http_error/* RequestError */.G) || !error.isPermissionRefused)
        return error;
    return error.withHint((0,hints/* missingPermissionHint */.LD)('Workers Scripts: Edit, beside Calls Write,'));
}

;// CONCATENATED MODULE: ./actions/create/worker-store.js




async function readWorkerPairPresence(client, store) {
    const { worker, kind, uidVariable, keySecret } = store;
    const names = await listSecretNames(client, store);
    if (names)
        return { store, hasPair: [uidVariable, keySecret].every(name => names.includes(name)) };
    const advice = kind === 'worker' ? 'Deploy it once' : 'Deploy it once, or create a preview of it once with `wrangler preview`';
    throw new Error(`There is no Worker "${worker}" in the account ${client.accountId}, and no TURN key was created. ${advice}, and run this again; or check \`worker\` and \`account-id\`.`);
}
function likelyWorkerKey({ store, hasPair }, existing, settled) {
    if (!hasPair)
        return undefined;
    if (existing.length > 1) {
        (0,log/* info */.pq)(`Nobody can read which of the ${existing.length} TURN keys of this name is in ${store.label}: the newest that is older than 15 minutes is taken for it.`);
    }
    return settled[0] ?? existing[0];
}
async function storeInWorker(client, cleanupClient, { uidVariable, keySecret, ...store }, { uid, secret }) {
    const write = (writer) => patchSecrets(writer, store, { [uidVariable]: uid, [keySecret]: secret });
    let mayBeStored = false;
    try {
        updateCreateState({ phase: 'storing' });
        await write(client).catch(error => {
            mayBeStored = error instanceof http_error/* RequestError */.G && error.mayBeCarriedOut;
            if (!mayBeStored || !client.drain.aborted)
                throw error;
            return write(cleanupClient);
        });
    }
    catch (error) {
        if (!mayBeStored)
            updateCreateStateIfPossible({ phase: 'created' });
        throw error;
    }
    updateCreateState({ phase: 'stored' });
}
function describeLeftInWorker({ label }) {
    const { phase, uid } = currentCreateState();
    if (phase === 'stored') {
        return `The TURN key ${uid} is kept: it is stored in ${label}, and the next run with \`if-exists: reuse\` keeps it.`;
    }
    if (phase !== 'storing')
        return '';
    return `The TURN key ${uid} is kept, because it is stored in ${label}, or may be. The next run with \`if-exists: reuse\` keeps what is there if both secrets are, and stores a new key if they are not. \`keep-previous\` counts this key too: add 1 to it in the next rotation.`;
}

;// CONCATENATED MODULE: ./actions/create/roll-back.js





async function rollBackAndExtendError(account, cause, store, workerStore) {
    const inStore = (store && (await restoreOrInvalidatePairAndExplain(store))) ?? (workerStore && describeLeftInWorker(workerStore));
    const left = [inStore, await deleteCreatedKey(account)].filter(Boolean);
    if (left.length === 0)
        return cause;
    return new Error([(0,log/* messageOf */.bD)(cause), ...left].join(' '), { cause });
}
async function deleteOvertakenKey(account, uid, label) {
    (0,log/* info */.pq)(`Another job changed the pair in ${label} since: this step replaces the TURN key ${uid} by a new one.`);
    updateCreateState({ phase: 'created' });
    (0,log/* info */.pq)(`TURN key ${uid}: ${await (0,keys/* deleteKey */.l0)(account, uid)}.`);
    updateCreateState({ phase: 'rolled-back' });
}
async function deleteCreatedKey(account) {
    const { phase, uid } = currentCreateState();
    if (phase !== 'created')
        return '';
    try {
        const outcome = await (0,keys/* deleteKey */.l0)(account, uid);
        if (outcome === 'deleted')
            (0,log/* info */.pq)(`Deleted the TURN key ${uid}, because this step failed.`);
    }
    catch (error) {
        return `Could not delete the TURN key ${uid} that this step created, so the post step retries: ${(0,log/* messageOf */.bD)(error)}`;
    }
    updateCreateStateIfPossible({ phase: 'rolled-back' });
    return '';
}

;// CONCATENATED MODULE: ./actions/create/check-still-stored.js






async function checkStillStoredAndRecord(store, account, own) {
    const { pair, exists, isOurs } = await lookTwiceIfWrong(store, account, own);
    if (isOthersPair(pair, own)) {
        Object.assign(store, { pair, progress: 'untouched' });
        return false;
    }
    if (!isOurs || !exists)
        store.progress = 'written';
    if (!isOurs)
        return false;
    if (!exists) {
        throw new Error(`Cloudflare no longer lists the TURN key ${own.uid}: another job may have deleted it while this one stored it in ${store.client.label}. Run this again, and give the jobs a \`concurrency\` group.`);
    }
    store.progress = 'checked';
    updateCreateState({ phase: 'stored' });
    return true;
}
async function lookTwiceIfWrong(store, account, own) {
    const { client, github } = store;
    const look = (read, outcome) => lookAtPair(read(client), account, own).catch(error => {
        throw new Error(`The TURN key was stored in ${client.label}, but ${outcome}. ${(0,log/* messageOf */.bD)(error)}`);
    });
    const first = await look(github.readStoredPair, 'that could not be checked');
    const { pair, exists, isOurs } = first;
    if ((exists && isOurs) || isOthersPair(pair, own))
        return first;
    if (pair.variable && (pair.variable.uid !== own.uid || isWrittenSince(pair, own)))
        store.progress = 'written';
    await (0,time/* sleep */.yy)(github.READ_AGAIN_AFTER_MS, client.drain);
    return look(github.readPairProvingAccess, 'a first look did not confirm that, and the second one failed');
}
async function lookAtPair(read, account, own) {
    const [pair, { keys }] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([read, (0,actions_account/* listKeysAndWarnIfNearlyFull */.tM)(account)]);
    const isOurs = pair.variable?.uid === own.uid && pair.secretTime !== undefined && !isWrittenSince(pair, own);
    return { pair, isOurs, exists: keys.some(key => key.uid === own.uid) };
}

;// CONCATENATED MODULE: ./actions/create/store-on-github.js






const MAX_ROUNDS = 10;
const MAX_WAITS = 30;
async function storeOnGithubUnlessOvertaken(store, account, uid, secret) {
    const { github, client } = store;
    while (store.overtaken < MAX_ROUNDS) {
        if (store.progress !== 'untouched' || store.pair.variable)
            await write(store, 'removed', github.removeVariable);
        const written = await writeSecret(store, secret);
        if (written === undefined)
            continue;
        const own = { uid, writtenAt: written.writtenAt };
        store.lastWrite = written.mayBeWrittenAgain ? undefined : own;
        const creation = await github.createVariableIfAbsent(client, uid);
        if (creation === 'created')
            store.progress = 'stored';
        if (creation !== 'exists' && (await checkStillStoredAndRecord(store, account, own)))
            return true;
        store.overtaken++;
        if (creation !== 'exists')
            return removeHalfAPair(store);
        (0,log/* info */.pq)(`Another job stored its TURN key in ${client.label} in between: storing this one again.`);
    }
    throw new Error(`Other jobs kept storing their TURN keys in ${client.label} at the same time. Give the jobs a \`concurrency\` group.`);
}
async function removeHalfAPair(store) {
    if (store.progress === 'written')
        await write(store, 'removed', store.github.removeVariable);
    return false;
}
async function write(store, to, send) {
    const { client, drain, progress } = store;
    const isFirst = progress === 'untouched';
    const reached = progress === 'written' ? progress : to;
    try {
        const result = await send(isFirst ? { ...client, drain } : client);
        store.progress = reached;
        return result;
    }
    catch (error) {
        if (!mayBeCarriedOut(error))
            throw error;
        store.progress = reached;
        if (!isFirst || !drain.aborted)
            throw error;
        return send(client);
    }
}
const mayBeCarriedOut = (error) => error instanceof http_error/* RequestError */.G && error.mayBeCarriedOut;
async function writeSecret(store, secret) {
    const { github, publicKey, progress, pair } = store;
    const mayWait = progress !== 'removed' || !pair.isRestorable;
    const { phase } = currentCreateState();
    try {
        updateCreateState({ phase: 'storing' });
        return await write(store, 'written', writer => github.writeSecret(mayWait ? writer : withShortRateLimitWaits(writer), publicKey, secret));
    }
    catch (error) {
        if (mayBeCarriedOut(error))
            store.lastWrite = undefined;
        else if (store.progress === progress)
            updateCreateStateIfPossible({ phase });
        if (mayWait || !(error instanceof http_error/* RequestError */.G) || error.kind !== 'throttled')
            throw error;
        return void (await waitForRateLimit(store, error));
    }
}
async function waitForRateLimit(store, error) {
    const { github, client, drain } = store;
    if (store.waits++ === MAX_WAITS)
        throw error;
    client.rateLimitWaiter.throttle(error.retryAfter);
    const isThere = store.progress === 'removed' && (await restoreVariableIfSecretUnchanged(store).catch(logAndGoOn));
    if (isThere)
        store.progress = 'untouched';
    await client.rateLimitWaiter.acquire(drain, error);
    if (store.progress === 'written')
        return;
    const now = await github.readStoredPair({ ...client, drain });
    const isOtherVariable = now.variable !== undefined && now.variable.value !== store.pair.variable?.value;
    if (isThere || isOtherVariable)
        Object.assign(store, { pair: now, progress: 'untouched' });
}
function logAndGoOn(error) {
    (0,log/* info */.pq)((0,log/* messageOf */.bD)(error));
    return false;
}

;// CONCATENATED MODULE: ./actions/create/create-mint-and-store.js





async function createMintAndStore(inputs, client, cleanup, store, context) {
    const { workerStore } = inputs;
    let created = await createAndMint(inputs, client, context);
    while (store && !(await storeOnGithubUnlessOvertaken(store, cleanup, created.key.uid, created.secret))) {
        await deleteOvertakenKey(cleanup, created.key.uid, store.client.label);
        created = await createAndMint(inputs, client, context);
    }
    const { key, secret } = created;
    if (workerStore)
        await storeInWorker(client, cleanup, workerStore, { uid: key.uid, secret });
    return created;
}
async function createAndMint(inputs, client, context) {
    const key = await createAndSaveKey(client, inputs.name);
    const secret = secretOf(key);
    return { key, secret, credentials: await mintFrom(key.uid, secret, inputs, context) };
}
function secretOf({ uid, name, secrets: [secret] }) {
    if (secret)
        return secret;
    throw new Error(`Cloudflare created the TURN key "${name}" (uid ${uid}), but its response has no secret (neither \`secret\` nor \`key\`), and it cannot be read later. Run this again.`);
}
async function mintFrom(uid, secret, inputs, context) {
    const { rtcUrl, ttl, customIdentifier } = inputs;
    if (ttl === undefined)
        return undefined;
    const client = context.createClient('Cloudflare', { baseUrl: rtcUrl, token: secret });
    return mintAndMask(client, { uid, ttl, customIdentifier, isNew: true });
}

// EXTERNAL MODULE: ./cloudflare/id.js
var id = __webpack_require__(3076);
// EXTERNAL MODULE: ./cloudflare/select-keys.js
var select_keys = __webpack_require__(7542);
;// CONCATENATED MODULE: ./actions/repository.js
function readRepositoryAndToken(inputs, input, hint) {
    const [, owner = '', repo = ''] = /^([^/]+)\/([^/]+)$/.exec(inputs.run.repository) ?? [];
    inputs.addErrorIf(repo === '', `\`${input}\` needs GITHUB_REPOSITORY, which is not \`owner/repo\`.`);
    return {
        owner,
        repo,
        token: inputs.token('github-token', hint),
        baseUrl: inputs.baseUrl('GITHUB_API_URL', 'https://api.github.com', process.env.GITHUB_API_URL),
    };
}

;// CONCATENATED MODULE: ./actions/store-inputs.js


const DEFAULT_NAMES = ['TURN_KEY_ID', 'TURN_KEY_API_TOKEN'];
function readKeyStore(inputs, environment) {
    const { repository } = inputs.run;
    const [input, permissions, label] = environment
        ? ['environment', 'Environments: write', `the environment "${environment}"`]
        : ['store', 'Secrets: write and Variables: write', `the repository ${repository}`];
    const hint = `\`${input}\` needs it: a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}. The workflow's own GITHUB_TOKEN cannot have it.`;
    return {
        environment,
        label,
        permissions,
        ...readRepositoryAndToken(inputs, input, hint),
        uidVariable: readName(inputs, 'uid-variable', DEFAULT_NAMES[0]),
        keySecret: readName(inputs, 'key-secret', DEFAULT_NAMES[1]),
    };
}
const STORES = ['repository', 'worker', 'worker-previews'];
function readRepositoryOrWorker(inputs, value) {
    const store = STORES.find(known => known === value);
    inputs.addErrorIf(value !== '' && store === undefined, `\`store\` must be repository, worker or worker-previews, or left out; it is "${value}".`);
    return store;
}
const isGiteaOrForgejo = () => Boolean(process.env.GITEA_ACTIONS || process.env.FORGEJO_ACTIONS);
function environmentNotFoundMessage({ environment, owner, repo, permissions }, advice) {
    if (isGiteaOrForgejo()) {
        return 'Gitea and Forgejo have no environments: leave `environment` out, and store the outputs yourself.';
    }
    return `The repository ${owner}/${repo} has no environment "${environment}", or \`github-token\` lacks the permission ${permissions}. ${advice}`;
}
function logUnknownKey({ uidVariable, label }, uid) {
    (0,log/* info */.pq)(`The variable ${uidVariable} of ${label} names the TURN key ${uid}, which this account does not have: it was deleted, or belongs to another account.`);
}
const PUBLISHED = /^(VITE|NEXT_PUBLIC|PUBLIC|REACT_APP|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_/i;
function addErrorIfBrowserExposed(inputs, keySecret) {
    const [prefix] = PUBLISHED.exec(keySecret) ?? [];
    inputs.addErrorIf(prefix, `\`key-secret\` must not begin with ${prefix}: bundlers publish such a variable to every browser, and the key belongs on a server.`);
}
function readName(inputs, input, defaultValue) {
    const name = inputs.text(input) || defaultValue;
    inputs.addErrorIf(!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i.test(name), `\`${input}\` must be a name that GitHub accepts: letters, digits and _, not starting with a digit or GITHUB_.`);
    return name;
}

;// CONCATENATED MODULE: ./actions/create/if-exists.js





const CREATE = { outcome: 'created', superseded: [] };
function planCreate(inputs, list, store, worker) {
    if (!list)
        return CREATE;
    const { pair, namedUids = [] } = store ?? {};
    const { name, ifExists, keepPrevious, keyStore } = inputs;
    const existing = (0,select_keys/* sortNewestFirst */.BP)((0,select_keys/* keysNamed */.Ye)(name, list.keys));
    const stored = list.keys.find(key => key.uid === pair?.variable?.uid);
    const { uid } = pair?.variable ?? {};
    if (keyStore && uid !== undefined && (0,id/* isHexId */.x)(uid) && !stored)
        logUnknownKey(keyStore, uid);
    if (ifExists === 'reuse') {
        const settled = existing.filter(key => !isYoung(key, list));
        const inStore = worker ? likelyWorkerKey(worker, existing, settled) : pair?.isConsistent && stored;
        const reusable = pair || worker ? inStore : existing[0];
        if (reusable)
            return { outcome: 'reused', reusable, superseded: [] };
        warnUnmanaged(existing);
        return CREATE;
    }
    if (ifExists === 'fail' && existing.length > 0)
        throw new Error(nameTaken(existing, inputs));
    const isOther = (key) => key !== stored && !isNamed(key, namedUids) && !isLeft(key, list);
    const others = pair || worker ? existing.filter(isOther) : existing;
    const superseded = stored ? [stored, ...others] : others;
    if (ifExists === 'fail' || superseded.length === 0)
        return CREATE;
    return { outcome: 'replaced', superseded: withoutPrevious(superseded, keepPrevious, pair && !stored) };
}
const YOUNG_MS = 15 * 60_000;
const isYoung = ({ created }, { serverTime }) => serverTime - Date.parse(created) < YOUNG_MS;
function isNamed({ uid }, namedUids) {
    if (!namedUids.includes(uid))
        return false;
    (0,log/* info */.pq)(`The TURN key ${uid} is kept: another variable of the same place names it.`);
    return true;
}
function isLeft(key, list) {
    if (!isYoung(key, list))
        return false;
    (0,log/* info */.pq)(`The TURN key ${key.uid} is kept: it is younger than 15 minutes, and another job may be about to store it.`);
    return true;
}
function withoutPrevious(superseded, count, isUnknown = false) {
    if (count === 0)
        return superseded;
    if (isUnknown) {
        (0,log/* info */.pq)('Nothing shows which TURN key is in use, so with `keep-previous` no older one is deleted.');
        return [];
    }
    return superseded.filter((key, index) => index === 0 || !Number.isNaN(Date.parse(key.created))).slice(count);
}
function nameTaken(existing, { name, account: { accountId } }) {
    const uids = (0,log/* logAndTruncateUids */.Vt)(existing.map(({ uid }) => uid));
    return `The account ${accountId} already has a TURN key named "${name}", and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`. Its uid: ${uids}.`;
}
function warnUnmanaged(keys) {
    for (const { uid, name } of keys) {
        (0,log/* warning */.$e)(`The TURN key ${uid} is also named "${name}", but nothing shows that its secret is the stored one. It is kept. Unless another pair holds it, delete it: by its uid, or with \`if-exists: replace\`.`);
    }
}

;// CONCATENATED MODULE: ./actions/key-name.js
const repositoryNamePrefix = ({ repository, host }) => repository === '' || host === 'github.com' ? repository : `${host}/${repository}`;
function derivedName(run) {
    const { pullRequest, refName } = run;
    const owner = pullRequest === undefined ? refName && `@${refName}` : `#${pullRequest}`;
    return owner && repositoryNamePrefix(run) ? repositoryNamePrefix(run) + owner : '';
}
const storedKeyName = (run, environment) => environment ? `${repositoryNamePrefix(run)}:${environment.toLowerCase()}` : repositoryNamePrefix(run);
const workerKeyName = (run, { worker, kind }) => repositoryNamePrefix(run) && `${repositoryNamePrefix(run)} worker ${worker}${kind === 'worker' ? '' : ' previews'}`;
function jobScopedName(run) {
    const name = derivedName(run) || repositoryNamePrefix(run);
    return name && `${name} ${run.idAndAttempt}-${crypto.randomUUID().slice(0, 8)}`;
}
function nameRequiredMessage({ repository }) {
    if (repository === '')
        return '`name` is missing, and GITHUB_REPOSITORY is not set to derive it from.';
    return '`name` is required here: nothing surely says which branch, tag or pull request of this repository the key is for. Most other events run on the default branch, whatever they are about, so a derived name would be that of another key.';
}
const JOB_SUFFIX = / ([1-9]\d*)-\d+-[0-9a-f]{8}$/;
const NO_REF = /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/[/.]|^[/.]|[/.]$|\.lock(\/|$)|^refs\/|^([0-9a-f]{40}|[0-9a-f]{64})$|^\d+\/(merge|head)$/iu;
function pullRequestOrRefOrRunOf(name, namePrefix) {
    if (!name.startsWith(namePrefix))
        return undefined;
    const rest = name.slice(namePrefix.length);
    const run = JOB_SUFFIX.exec(rest);
    const [sign, id] = [rest.charAt(0), rest.slice(1, run?.index)];
    const isOwner = sign === '#' ? /^[1-9]\d*$/.test(id) : sign === '@' && id !== '' && !NO_REF.test(id);
    if (run?.[1] && (isOwner || run.index === 0))
        return { kind: 'workflow run', id: run[1] };
    return isOwner ? { kind: sign === '#' ? 'pull request' : 'branch or tag', id } : undefined;
}

;// CONCATENATED MODULE: ./actions/worker-inputs.js


function readWorkerStore(inputs, kind) {
    const worker = inputs.required('worker', `\`store: ${kind}\` needs it: the name of the Worker.`);
    inputs.addErrorIf(worker !== '' && !/^\w[\w-]*$/.test(worker), '`worker` must be the name of a Worker: letters, digits, - and _, not starting with -.');
    const uidVariable = readSecretName(inputs, 'uid-variable', DEFAULT_NAMES[0]);
    const keySecret = readSecretName(inputs, 'key-secret', DEFAULT_NAMES[1]);
    inputs.addErrorIf(uidVariable === keySecret, '`uid-variable` and `key-secret` must differ: both are secrets of the Worker.');
    return { worker, kind, label: describeSecrets({ worker, kind }), uidVariable, keySecret };
}
function addErrorIfWorkerGiven(inputs) {
    inputs.addErrorIf(inputs.text('worker') !== '', '`worker` only works with `store: worker` or `store: worker-previews`: add that, or leave it out.');
}
function readSecretName(inputs, input, defaultValue) {
    const name = inputs.text(input) || defaultValue;
    inputs.addErrorIf(!/^[A-Z_][A-Z0-9_]*$/i.test(name), `\`${input}\` must be a name that code can read from its \`env\`: letters, digits and _, not starting with a digit.`);
    return name;
}

;// CONCATENATED MODULE: ./actions/store-and-key-name.js



function readStoreAndKeyName(inputs, environment, store) {
    const kind = readRepositoryOrWorker(inputs, store);
    if (kind === 'worker' || kind === 'worker-previews') {
        const workerStore = readWorkerStore(inputs, kind);
        return { workerStore, keyName: workerKeyName(inputs.run, workerStore) };
    }
    addErrorIfWorkerGiven(inputs);
    if (environment === '' && kind === undefined)
        return undefined;
    return { keyStore: readKeyStore(inputs, environment), keyName: storedKeyName(inputs.run, environment) };
}

;// CONCATENATED MODULE: ./actions/create/inputs.js







function readCreateInputs() {
    const inputs = new runner_inputs/* Inputs */.G();
    const account = (0,actions_account/* readAccount */.GM)(inputs);
    const store = readStoreAndCheckToken(inputs);
    const deleteAfterJob = inputs.choice('delete-after-job', ['never', 'failure', 'always'], 'never');
    const read = {
        account,
        ...inputs_readName(inputs, store, deleteAfterJob),
        ifExists: inputs.choice('if-exists', ['create', 'reuse', 'replace', 'fail'], store ? 'reuse' : 'create'),
        keepPrevious: inputs.integer('keep-previous', 0, keys/* MAX_KEYS */.aF, 'keys') ?? 0,
        ...readMintInputs(inputs),
        deleteAfterJob,
        keyStore: store?.keyStore,
        workerStore: store?.workerStore,
    };
    const { keySecret = '' } = store?.keyStore ?? store?.workerStore ?? {};
    addErrorIfBrowserExposed(inputs, keySecret);
    rejectConflicts(inputs, read);
    inputs.throwIfInvalid();
    return read;
}
function readStoreAndCheckToken(inputs) {
    const [environment, text] = [inputs.line('environment'), inputs.text('store')];
    inputs.addErrorIf(environment && text, 'Set `environment` or `store`, not both: they say where the key is stored.');
    const store = readStoreAndKeyName(inputs, environment, text);
    const hasToken = inputs.text('github-token') !== '';
    inputs.addErrorIf(store?.workerStore && hasToken, `\`store: ${text}\` needs no \`github-token\`: leave it out.`);
    inputs.addErrorIf(!store && text === '' && hasToken, '`github-token` is given, but neither `environment` nor `store`: check the expression that `environment` comes from, or leave the token out.');
    return store;
}
function inputs_readName(inputs, store, deleteAfterJob) {
    const { run } = inputs;
    const given = inputs.keyName('name');
    if (given !== '')
        return { name: given, isJobScoped: false };
    const isJobScoped = !store && deleteAfterJob === 'always';
    const name = store?.keyName ?? (isJobScoped ? jobScopedName(run) : derivedName(run));
    inputs.addErrorIf(name === '', nameRequiredMessage(run));
    return { name, isJobScoped };
}
function rejectConflicts(inputs, read) {
    const { ifExists, ttl, deleteAfterJob, keepPrevious, keyStore, workerStore } = read;
    inputs.addErrorIf(ttl !== undefined && ifExists === 'reuse', '`ttl` cannot be used with `if-exists: reuse`, which is the default with `environment` and `store`: the secret of a key that exists cannot be read again, so nothing can be minted from it. Use `if-exists: replace`, or mint with the credentials action from the stored secret.');
    inputs.addErrorIf(ifExists === 'replace' && deleteAfterJob === 'always', '`if-exists: replace` cannot be used with `delete-after-job: always`: no key would be left. Use `delete-after-job: failure`, or `if-exists: create`.');
    inputs.addErrorIf((keyStore || workerStore) && deleteAfterJob !== 'never', '`delete-after-job` cannot be used with `environment` or `store`, which would then hold a deleted key. Leave it out, and use the delete action with the same input when the key is no longer needed.');
    inputs.addErrorIf(keepPrevious > 0 && ifExists !== 'replace', '`keep-previous` only works with `if-exists: replace`: add that, or leave it out.');
}

// EXTERNAL MODULE: ./runner/cancel.js
var cancel = __webpack_require__(3616);
;// CONCATENATED MODULE: ./actions/for-each-concurrently.js
const CONCURRENCY = 8;
async function forEachConcurrentlyUntilStop(items, work) {
    const queue = items.entries();
    let isStopped = false;
    const worker = async () => {
        while (!isStopped) {
            const { value, done } = queue.next();
            if (done)
                return;
            const [index, item] = value;
            if ((await work(item, index)) === 'stop')
                isStopped = true;
        }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return [...queue].map(([, item]) => item);
}

;// CONCATENATED MODULE: ./actions/delete-keys.js





const PROGRESS_INTERVAL = 50;
async function deleteKeys(account, uids) {
    const deleted = [];
    const remaining = new Map(uids.map(uid => [uid, undefined]));
    await forEachConcurrentlyUntilStop(uids, async (uid) => {
        if (account.drain.aborted)
            return 'stop';
        try {
            const outcome = await (0,keys/* deleteKey */.l0)(account, uid);
            if (outcome === 'deleted')
                deleted.push(uid);
            remaining.delete(uid);
            reportProgress(outcome, uid, uids.length - remaining.size, uids.length);
        }
        catch (error) {
            if (!(error instanceof cancel/* CancelledError */.c))
                remaining.set(uid, (0,log/* messageOf */.bD)(error));
            if (error instanceof http_error/* RequestError */.G && error.kind === 'throttled')
                return 'stop';
        }
        return undefined;
    });
    return { deleted, remaining };
}
async function deleteKeysOrWarn(account, uids) {
    const { remaining } = await deleteKeys(account, uids);
    for (const [uid, reason = 'deletion was not attempted.'] of remaining) {
        (0,log/* warning */.$e)(`The TURN key ${uid} remains in the account ${account.accountId}: ${reason}`);
    }
}
function reportProgress(outcome, uid, count, total) {
    if (total <= PROGRESS_INTERVAL)
        (0,log/* info */.pq)(`TURN key ${uid}: ${outcome}.`);
    else if (count % PROGRESS_INTERVAL === 0 || count === total)
        (0,log/* info */.pq)(`${count} of ${total} TURN keys processed.`);
}

;// CONCATENATED MODULE: ./actions/create/lost-keys.js





const LATE_MS = 30_000;
async function deleteJobScopedOrReportLostKeys(account, state) {
    const { name, isJobScoped, phase, firstRequestedAt, lastRequestedAt, responseLostAt, uid: own } = state;
    const isKilled = phase === 'requested' && lastRequestedAt > responseLostAt;
    const lostAt = isKilled ? lastRequestedAt + time/* REQUEST_TIMEOUT_MS */.j2 : responseLostAt;
    const known = new Set([own, ...state.reportedUids.split(' ')]);
    (0,log/* info */.pq)(`A response to the request for the TURN key "${name}" was lost: looking for a key that it created.`);
    const list = await (0,actions_account/* listKeysAndWarnIfNearlyFull */.tM)(account).catch((error) => (0,log/* warning */.$e)(`Could not determine whether a TURN key named "${name}" is left in the account ${account.accountId}: ${(0,log/* messageOf */.bD)(error)} Look for that name in the Cloudflare dashboard.`));
    if (!list)
        return {};
    const keys = isJobScoped ? list.keys : (0,select_keys/* keysCreatedBetween */.FC)(firstRequestedAt, lostAt + LATE_MS, list);
    const lost = (0,select_keys/* sortNewestFirst */.BP)((0,select_keys/* keysNamed */.Ye)(name, keys)).flatMap(({ uid }) => (known.has(uid) ? [] : uid));
    if (isJobScoped) {
        await deleteKeysOrWarn(account, lost);
        return {};
    }
    for (const uid of lost)
        reportLostKey(uid, name);
    return { reportedUids: [...known, ...lost].join(' ') };
}
function reportLostKey(uid, name) {
    (0,log/* warning */.$e)(`A TURN key named "${name}" with the uid ${uid} was created since this step requested its own. It is kept: it may be another job's. If no other job created it, delete it, because its secret is lost.`);
}

;// CONCATENATED MODULE: ./actions/create/read-github-store.js



async function readGithubStoreOrThrow(keyStore, ifExists, context) {
    const github = await Promise.all(/* import() */[__webpack_require__.e(20), __webpack_require__.e(14)]).then(__webpack_require__.bind(__webpack_require__, 8208));
    const client = context.createClient('GitHub', keyStore);
    const [held, namedUids = []] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([
        github.readPairAndPublicKey(client),
        ifExists === 'replace' ? github.listNormalizedVariableValues(client) : undefined,
    ]);
    if (!held)
        throw new Error(environmentNotFoundMessage(keyStore, HOW_TO_CREATE_IT));
    const { drain } = context;
    return {
        github,
        client: (0,run/* toCleanupClient */.Du)(client, context),
        drain,
        ...held,
        namedUids,
        progress: 'untouched',
        lastWrite: undefined,
        overtaken: 0,
        waits: 0,
    };
}
const HOW_TO_CREATE_IT = "No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with `environment:` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only; otherwise use `store: repository`.)";

;// CONCATENATED MODULE: ./actions/create/report.js



function setKeyOutputs(outcome, { uid, name, created, modified }, secret) {
    const outputs = { uid, key: secret, name, created, modified, outcome };
    for (const [output, value] of Object.entries(outputs))
        (0,core/* setOutput */.uH)(output, value);
}
async function logAndSummarize(outcome, { uid, name, created }, accountId, storedIn) {
    const verb = outcome === 'reused' ? 'Reusing' : 'Created';
    const when = created && `, created ${created}`;
    const where = storedIn ? `, stored in ${storedIn}` : '';
    const why = outcome === 'replaced' ? ' to replace an older one' : '';
    (0,log/* info */.pq)(`${verb} TURN key "${name}" (uid ${uid}${when}) in the account ${accountId}${why}${where}.`);
    await (0,summary/* summarize */.eh)(`TURN key ${outcome}`, {
        Name: name,
        UID: uid,
        Created: created,
        Outcome: outcome,
        ...(storedIn && { 'Stored in': storedIn }),
    });
}

;// CONCATENATED MODULE: ./actions/create/main.js













async function main_main(context) {
    const inputs = readCreateInputs();
    const { account, name, isJobScoped, deleteAfterJob, keyStore, workerStore } = inputs;
    const client = context.createClient('Cloudflare', account);
    const cleanupClient = (0,run/* toCleanupClient */.Du)(client, context);
    const [store, list, worker] = await readWhatExists(inputs, client, context);
    const storedIn = (keyStore ?? workerStore)?.label;
    const { reusable, superseded, outcome } = planCreate(inputs, list, store, worker);
    if (reusable) {
        context.drain.throwIfAborted();
        setKeyOutputs(outcome, reusable, '');
        return logAndSummarize(outcome, reusable, account.accountId, storedIn);
    }
    saveSupersededForPost({ uids: superseded.map(({ uid }) => uid), keyStore });
    updateCreateState({ account, name, isJobScoped, deleteAfterJob });
    try {
        const { key, secret, credentials } = await createMintAndStore(inputs, client, cleanupClient, store, context);
        context.drain.throwIfAborted();
        setKeyOutputs(outcome, key, secret);
        if (credentials)
            setIceServerOutputs(credentials);
        updateCreateState({ phase: 'published' });
        await logAndSummarize(outcome, key, account.accountId, storedIn);
    }
    catch (error) {
        throw await rollBackAndExtendError(cleanupClient, error, store, workerStore);
    }
    finally {
        await settleIfLost(cleanupClient);
    }
}
const readWhatExists = ({ ifExists, keyStore, workerStore }, client, context) => (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([
    keyStore && readGithubStoreOrThrow(keyStore, ifExists, context),
    ifExists === 'create' ? undefined : (0,actions_account/* listKeysAndWarnIfNearlyFull */.tM)(client),
    workerStore && readWorkerPairPresence(client, workerStore),
]);
async function settleIfLost(client) {
    const state = currentCreateState();
    if (state.responseLostAt > 0)
        updateCreateStateIfPossible(await deleteJobScopedOrReportLostKeys(client, state));
}

;// CONCATENATED MODULE: ./actions/create/post.js






async function post(context) {
    const state = loadCreateStateOrThrow();
    const { account, phase, uid, deleteAfterJob, responseLostAt } = state;
    (0,secrets/* mask */.dK)(account.token);
    const client = context.createClient('Cloudflare', account);
    if (phase === 'requested' || responseLostAt > 0)
        await deleteJobScopedOrReportLostKeys(client, state);
    if (phase === 'created') {
        (0,log/* info */.pq)('The step that created the TURN key failed.');
        return deleteKeysOrWarn(client, [uid]);
    }
    if (phase === 'storing') {
        return (0,log/* warning */.$e)(`The step ended while it stored the TURN key ${uid}, so the key is not deleted. The next run with \`if-exists: reuse\` keeps the pair if it is whole, and stores a new key if it is not.`);
    }
    if (phase === 'stored')
        return (0,log/* info */.pq)(`The step failed after it stored the TURN key ${uid}: the key is kept.`);
    if (phase !== 'published')
        return (0,log/* info */.pq)('The step published no TURN key: nothing else to clean up.');
    const { jobStatus } = context;
    if (endsWithJob(deleteAfterJob, jobStatus)) {
        (0,log/* info */.pq)(`The job ended with "${jobStatus}", and \`delete-after-job\` is \`${deleteAfterJob}\`.`);
        return deleteKeysOrWarn(client, [uid]);
    }
    (0,log/* info */.pq)(`The TURN key ${uid} is kept.`);
    await deleteSuperseded(client, context);
}
function endsWithJob(deleteAfterJob, jobStatus) {
    if (deleteAfterJob === 'failure')
        return jobStatus === 'failure' || jobStatus === 'cancelled';
    return deleteAfterJob === 'always';
}
async function deleteSuperseded(client, context) {
    const { jobStatus } = context;
    const { uids, keyStore } = loadSupersededOrThrow();
    if (uids.length === 0)
        return;
    if (jobStatus !== 'success') {
        return (0,log/* info */.pq)(`The job ended with "${jobStatus}", not "success", so the older TURN keys are kept too: ${uids.join(', ')}.`);
    }
    try {
        const stored = keyStore ? await readStoredUids(keyStore, context) : [];
        const unused = uids.filter(uid => !stored.includes(uid));
        for (const uid of uids.filter(uid => stored.includes(uid))) {
            (0,log/* info */.pq)(`The TURN key ${uid} is kept too: a variable of ${keyStore?.label} names it.`);
        }
        await deleteKeysOrWarn(client, unused);
    }
    catch (error) {
        (0,log/* warning */.$e)(`The older TURN keys are kept too: ${(0,log/* messageOf */.bD)(error)} Their uids: ${(0,log/* logAndTruncateUids */.Vt)(uids)}.`);
    }
}
async function readStoredUids(keyStore, context) {
    (0,secrets/* mask */.dK)(keyStore.token);
    const { label, uidVariable, keySecret } = keyStore;
    const { listNormalizedVariableValues, readStoredPair } = await Promise.all(/* import() */[__webpack_require__.e(20), __webpack_require__.e(14)]).then(__webpack_require__.bind(__webpack_require__, 8208));
    const client = context.createClient('GitHub', keyStore);
    const [{ variable, secretTime, isConsistent }, uids] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([
        readStoredPair(client),
        listNormalizedVariableValues(client),
    ]);
    if (variable && isConsistent)
        return [variable.uid, ...uids];
    if (variable && secretTime !== undefined)
        throw new Error(`Another job is writing to ${label}.`);
    throw new Error(`The ${variable ? `secret ${keySecret}` : `variable ${uidVariable}`} of ${label} does not exist, or \`github-token\` can no longer read it, so nothing shows which key is in use.`);
}

;// CONCATENATED MODULE: ./actions/credentials/inputs.js



const DEFAULT_TTL = 86_400;
function readCredentialsInputs() {
    const inputs = new runner_inputs/* Inputs */.G();
    const uid = (0,actions_account/* readHexId */.$W)(inputs, 'uid', "It is the TURN key's uid, from the root action's output `uid`.");
    const hint = "It is the TURN key's own secret, from the root action's output `key` or from where you stored it.";
    const key = inputs.token('key', hint);
    const { ttl = DEFAULT_TTL, customIdentifier, rtcUrl } = readMintInputs(inputs);
    const revokeAfterJob = inputs.boolean('revoke-after-job');
    inputs.throwIfInvalid();
    return { api: { baseUrl: rtcUrl, token: key }, uid, ttl, customIdentifier, revokeAfterJob };
}

;// CONCATENATED MODULE: ./actions/credentials/state.js


function saveCredentialsState(state) {
    (0,core/* saveState */.LZ)('credentials', state);
}
function loadCredentialsStateOrThrow() {
    const { api, uid, username } = (0,http_json/* parseObject */.lj)((0,core/* getState */.Gu)('credentials')) ?? {};
    const { baseUrl, token } = (0,http_json/* isObject */.Gv)(api) ? api : {};
    if ([baseUrl, token, uid, username].every(member => typeof member === 'string')) {
        return { api: { baseUrl: String(baseUrl), token: String(token) }, uid: String(uid), username: String(username) };
    }
    throw new Error('The state that this step saved cannot be read: a minted credential that was to be revoked is not.');
}

;// CONCATENATED MODULE: ./actions/credentials/main.js






async function credentials_main_main(context) {
    const { api, uid, ttl, customIdentifier, revokeAfterJob } = readCredentialsInputs();
    const client = context.createClient('Cloudflare', api);
    const onLostResponse = revokeAfterJob ? warnOnce(unknownCredentialWarning(uid, ttl)) : () => { };
    const credentials = await mintAndMask(client, { uid, ttl, customIdentifier, isNew: false, onLostResponse });
    const { username, expiresAt } = credentials;
    const saveForPost = () => saveCredentialsState({ api, uid, username });
    try {
        if (revokeAfterJob)
            saveForPost();
        context.drain.throwIfAborted();
        setIceServerOutputs(credentials);
    }
    catch (error) {
        const cleanupClient = (0,run/* toCleanupClient */.Du)(client, context);
        const [saved, revoked] = await Promise.allSettled([Promise.try(saveForPost), revoke(cleanupClient, uid, username)]);
        if (revoked.status === 'fulfilled')
            throw error;
        const retried = saved.status === 'fulfilled' ? ' yet, so the post step retries' : '';
        const problem = `The credential that was minted may not be revoked${retried}: ${(0,log/* messageOf */.bD)(revoked.reason)}`;
        throw new AggregateError([error, new Error(problem, { cause: revoked.reason })]);
    }
    (0,log/* info */.pq)(`Minted ICE servers from the TURN key ${uid}: they are to expire at ${expiresAt} (\`ttl: ${ttl}\`).`);
}
const unknownCredentialWarning = (uid, ttl) => `A response was lost while minting from the TURN key ${uid}: a credential that nobody knows may exist, with \`ttl: ${ttl}\`, and cannot be revoked.`;
function warnOnce(text) {
    let isWarned = false;
    return () => {
        if (!isWarned)
            (0,log/* warning */.$e)(text);
        isWarned = true;
    };
}

;// CONCATENATED MODULE: ./actions/credentials/post.js




async function post_post(context) {
    const { api, uid, username } = loadCredentialsStateOrThrow();
    (0,secrets/* mask */.dK)(api.token);
    (0,secrets/* mask */.dK)(username);
    const client = context.createClient('Cloudflare', api);
    const outcome = await revoke(client, uid, username);
    (0,log/* info */.pq)(`The credential minted from the TURN key ${uid}: ${OUTCOMES[outcome]}.`);
}
const OUTCOMES = {
    revoked: 'revoked',
    gone: 'Cloudflare does not know it, or its key, any more, so it can no longer be revoked',
};

// EXTERNAL MODULE: ./actions/uids.js
var uids = __webpack_require__(3918);
// EXTERNAL MODULE: ./actions/age.js
var actions_age = __webpack_require__(8922);
;// CONCATENATED MODULE: ./actions/delete/filter-inputs.js


function readFilters(inputs, isByName, isOrphaned) {
    const keepLatest = inputs.selector('keep-latest') ? inputs.integer('keep-latest', 0, keys/* MAX_KEYS */.aF, 'keys') : undefined;
    const olderThan = readAge(inputs);
    inputs.addErrorIf(((isOrphaned ? undefined : olderThan) ?? keepLatest) !== undefined && !isByName, '`keep-latest` requires `name` or `name-prefix`, and `older-than` one of these or `orphaned`: set one, or leave the filter out.');
    return { keepLatest: keepLatest ?? 0, olderThan };
}
function readAge(inputs) {
    const value = inputs.selector('older-than');
    if (!value)
        return undefined;
    const age = (0,actions_age/* parseAge */.F)(value);
    inputs.addErrorIf(age === undefined, `\`older-than\` must be a number of minutes, hours or days, such as 90m, 12h or 7d; it is "${value}".`);
    return age;
}

;// CONCATENATED MODULE: ./actions/delete/stored-inputs.js

function readStoredSelection(inputs, environment = '', text = '') {
    const store = readStoreAndKeyName(inputs, environment, text);
    if (!store?.workerStore)
        return store && { by: 'store', ...store };
    inputs.addErrorIf(store.keyName === '', '`store` needs GITHUB_REPOSITORY, which is not set.');
    return { by: 'worker', ...store };
}

;// CONCATENATED MODULE: ./actions/delete/inputs.js







function readDeleteInputs() {
    const inputs = new runner_inputs/* Inputs */.G();
    const account = (0,actions_account/* readAccount */.GM)(inputs);
    const selection = readSelection(inputs);
    const dryRun = inputs.boolean('dry-run');
    inputs.throwIfInvalid();
    return { account, selection, dryRun };
}
const DEFAULT_TOKEN_HINT = "`orphaned` needs it to query GitHub: leave the input out to use the workflow's own token.";
function readSelection(inputs) {
    const uid = inputs.selector('uid');
    const name = inputs.selector('name', 'keyName');
    const prefix = inputs.selector('name-prefix', 'keyName');
    const environment = inputs.selector('environment', 'line');
    const store = inputs.selector('store');
    const orphaned = inputs.selector('orphaned') ? inputs.boolean('orphaned') : undefined;
    const given = [uid, name, prefix, environment, store, orphaned || undefined].filter(value => value !== undefined);
    inputs.addErrorIf(given.length > 1, 'Set exactly one of `uid`, `name`, `name-prefix`, `environment`, `store` and `orphaned`, not several: they say which keys to delete.');
    const isNothing = orphaned === false && given.length === 0;
    const filters = readFilters(inputs, (name ?? prefix) !== undefined, orphaned === true || isNothing);
    const stored = readStoredSelection(inputs, environment, store);
    if (stored)
        return stored;
    if (isNothing || store !== undefined)
        return { by: 'nothing' };
    if (orphaned) {
        const repository = readRepositoryAndToken(inputs, 'orphaned', DEFAULT_TOKEN_HINT);
        return { by: 'orphaned', repository, namePrefix: repositoryNamePrefix(inputs.run), olderThan: filters.olderThan };
    }
    if (uid !== undefined)
        return { by: 'uid', uids: (0,uids/* readUids */.u)(inputs, uid) };
    if (prefix !== undefined)
        return { by: 'prefix', text: prefix, ...filters };
    return { by: 'name', text: name ?? readPullRequestName(inputs), ...filters };
}
function readPullRequestName(inputs) {
    const { run } = inputs;
    inputs.addErrorIf(run.pullRequest === undefined, 'Nothing says which keys to delete: set `uid`, `name`, `name-prefix`, `environment`, `store` or `orphaned`, or run on a pull request event to delete its own.');
    const name = derivedName(run);
    inputs.addErrorIf(run.pullRequest !== undefined && name === '', nameRequiredMessage(run));
    return name;
}

;// CONCATENATED MODULE: ./actions/delete/select-by-name-latest-and-age.js

function selectByNameLatestAndAge(selection, { keys, serverTime }) {
    const { keepLatest, olderThan } = selection;
    const before = serverTime - (olderThan ?? 0);
    return withoutLatest((0,select_keys/* selectKeys */.pi)(selection, keys), keepLatest).filter(({ created }) => olderThan === undefined || Date.parse(created) < before);
}
function withoutLatest(keys, count) {
    if (count === 0)
        return (0,select_keys/* sortNewestFirst */.BP)(keys);
    const known = (0,select_keys/* sortNewestFirst */.BP)(keys).filter(({ created }) => !Number.isNaN(Date.parse(created)));
    return [...Map.groupBy(known, ({ name }) => name).values()].flatMap(sameName => sameName.slice(count));
}

;// CONCATENATED MODULE: ./actions/delete/select-orphaned.js





const MAX_UNAVAILABLE = 8;
const select_orphaned_PROGRESS_INTERVAL = 50;
async function selectOrphaned({ repository, namePrefix, olderThan }, list, context) {
    const keys = selectByNameLatestAndAge({ by: 'prefix', text: namePrefix, keepLatest: 0, olderThan }, list);
    const derived = keys.filter(({ name }) => pullRequestOrRefOrRunOf(name, namePrefix));
    if (derived.length === 0)
        return { uids: [], reasons: [] };
    const github = await Promise.all(/* import() */[__webpack_require__.e(20), __webpack_require__.e(14)]).then(__webpack_require__.bind(__webpack_require__, 8208));
    const client = context.createClient('GitHub', repository);
    const all = groupByOwner(await withoutOlderThanRepository(derived, () => github.readCreationTime(client)), namePrefix);
    await askForAll(all, owner => github.reasonGone(client, owner));
    warnOfErrors(all);
    const orphaned = all.flatMap(owned => (owned.reason ? owned.keys.map(key => ({ ...key, reason: owned.reason })) : []));
    for (const { uid, name, reason } of orphaned)
        (0,log/* info */.pq)(`TURN key ${uid}, ${name}: ${reason}.`);
    return {
        uids: orphaned.map(({ uid }) => uid),
        reasons: [...new Set(orphaned.map(({ name, reason }) => `${name}: ${reason}`))],
    };
}
async function withoutOlderThanRepository(keys, readCreationTime) {
    try {
        const createdAt = await readCreationTime();
        const { own = [], kept = [] } = Object.groupBy(keys, ({ created }) => Date.parse(created) >= createdAt ? 'own' : 'kept');
        for (const { uid, name } of kept) {
            (0,log/* info */.pq)(`TURN key ${uid}, ${name}, is kept: it is older than the repository, or of unknown age.`);
        }
        return own;
    }
    catch (error) {
        if (!(error instanceof http_error/* RequestError */.G))
            throw error;
        (0,log/* warning */.$e)(`All keys are kept, because nothing says whether they are older than the repository: ${error.message}`);
        return [];
    }
}
function groupByOwner(keys, namePrefix) {
    const groups = Map.groupBy(keys, ({ name }) => JSON.stringify(pullRequestOrRefOrRunOf(name, namePrefix)));
    return [...groups.values()].flatMap(group => {
        const owner = pullRequestOrRefOrRunOf(group[0]?.name ?? '', namePrefix);
        return owner ? { owner, keys: group } : [];
    });
}
async function askForAll(all, ask) {
    const unavailable = [];
    const remaining = await forEachConcurrentlyUntilStop(all, async (owned, index) => {
        try {
            owned.reason = await ask(owned.owner);
        }
        catch (error) {
            if (!(error instanceof http_error/* RequestError */.G))
                throw error;
            owned.error = error;
            if (error.kind !== 'rejected' && unavailable.push(error) >= MAX_UNAVAILABLE)
                return 'stop';
        }
        if ((index + 1) % select_orphaned_PROGRESS_INTERVAL === 0)
            (0,log/* info */.pq)(`GitHub was asked about ${index + 1} of ${all.length} owners.`);
        return undefined;
    });
    for (const owned of remaining)
        owned.error = unavailable[0];
}
function warnOfErrors(all) {
    const failed = all.filter(({ error }) => error);
    for (const [kind, [first, ...others]] of Map.groupBy(failed, ({ owner }) => owner.kind)) {
        const more = others.length > 0 ? ` ${others.length} more are kept too.` : '';
        (0,log/* warning */.$e)(`The keys of a ${kind} are kept: ${first?.error?.message}${more}`);
    }
}

;// CONCATENATED MODULE: ./actions/delete/stored-key.js




async function readPairIfEnvironmentExists(store) {
    const { isEnvironmentListed, readPairAndPublicKey } = await Promise.all(/* import() */[__webpack_require__.e(20), __webpack_require__.e(14)]).then(__webpack_require__.bind(__webpack_require__, 8208));
    const held = await readPairAndPublicKey(store);
    if (held)
        return held.pair;
    const message = environmentNotFoundMessage(store, 'Nothing was deleted.');
    if (isGiteaOrForgejo())
        return void (0,log/* warning */.$e)(message);
    const isListed = await isEnvironmentListed(store).catch(error => {
        throw new Error(`${message} ${(0,log/* messageOf */.bD)(error)}`, { cause: error });
    });
    if (isListed)
        throw new Error(message);
    return void (0,log/* warning */.$e)(`The repository ${store.owner}/${store.repo} has no environment "${store.environment}". Nothing was deleted.`);
}
function selectStoredKey({ variable, secretTime, isConsistent }, keys, { keyStore, keyName }) {
    const { uidVariable, keySecret, label } = keyStore;
    if (variable && !(0,id/* isHexId */.x)(variable.uid)) {
        throw new Error(`The variable ${uidVariable} of ${label} does not hold the uid of a TURN key (32 hex digits): nothing was deleted. Check \`uid-variable\`.`);
    }
    const stored = keys.filter(key => key.uid === variable?.uid);
    const names = new Set([keyName, ...stored.map(({ name }) => name)]);
    const candidates = (0,select_keys/* sortNewestFirst */.BP)([...names].flatMap(name => (0,select_keys/* keysNamed */.Ye)(name, keys))).map(({ uid }) => uid);
    const doubt = (!variable && 'does not exist') ||
        (!isConsistent && 'is older than the secret') ||
        (stored.length === 0 && 'names no key of the account');
    if (doubt && secretTime !== undefined && candidates.length > 0) {
        throw new Error(`Nothing was deleted: the variable ${uidVariable} of ${label} ${doubt}, so nobody can tell which TURN key its secret ${keySecret} belongs to. Delete the right one with \`uid\`, or all with \`name: ${keyName}\` if no other variable names one, and run this again. Keys of that name: ${(0,log/* logAndTruncateUids */.Vt)(candidates)}.`);
    }
    if (variable && stored.length === 0)
        logUnknownKey(keyStore, variable.uid);
    if (!variable && secretTime !== undefined)
        warnOfOtherName(keyStore, keyName);
    return stored;
}
function warnOfOtherName({ uidVariable, keySecret, label }, keyName) {
    (0,log/* warning */.$e)(`The variable ${uidVariable} of ${label} does not exist, and no TURN key is named "${keyName}". If the key of the secret ${keySecret} has another name, delete it by that.`);
}
async function removeStoredPairIfUnchanged(store, before) {
    const { readStoredPair, removeSecret, removeVariable } = await Promise.all(/* import() */[__webpack_require__.e(20), __webpack_require__.e(14)]).then(__webpack_require__.bind(__webpack_require__, 8208));
    if (!before.variable && before.secretTime === undefined)
        return;
    const { label } = store;
    const now = await readStoredPair(store);
    if (!isSamePair(now, before))
        return reportOtherPair(store, before);
    const removals = await Promise.allSettled([removeVariable(store), removeSecret(store)]);
    const errors = removals.flatMap(removal => (removal.status === 'rejected' ? [(0,log/* messageOf */.bD)(removal.reason)] : []));
    if (errors.length > 0)
        throw new Error(errors.join(' '));
    (0,log/* info */.pq)(`Removed the TURN key from ${label}.`);
    const { variable, secretTime } = await readStoredPair(store);
    const isWritten = secretTime !== undefined && !Object.is(secretTime, now.secretTime);
    if (isWritten || (variable && variable.uid !== now.variable?.uid)) {
        (0,log/* warning */.$e)(`Another job stored a TURN key in ${label} at the same time. If the variable or the secret is missing there, run that job again.`);
    }
}
function describeStoredPair({ store, pair }) {
    const { uidVariable, keySecret, label } = store;
    const names = [pair.variable && uidVariable, pair.secretTime !== undefined && keySecret].filter(Boolean);
    return names.length > 0 ? `${names.join(' and ')} from ${label}` : '';
}
const isSamePair = (one, other) => one.variable?.uid === other.variable?.uid && Object.is(one.secretTime, other.secretTime);
async function reportOtherPair(store, before) {
    const { readPairProvingAccess } = await Promise.all(/* import() */[__webpack_require__.e(20), __webpack_require__.e(14)]).then(__webpack_require__.bind(__webpack_require__, 8208));
    const { variable, secretTime } = await readPairProvingAccess(store);
    if (!variable && secretTime === undefined)
        return (0,log/* info */.pq)(`The TURN key was already removed from ${store.label}.`);
    (0,log/* warning */.$e)(variable && variable.uid !== before.variable?.uid
        ? `Another job stored a TURN key in ${store.label} in the meantime: that key is kept.`
        : `Another job changes the pair in ${store.label}: what is there is kept.`);
}

;// CONCATENATED MODULE: ./actions/delete/worker-key.js




async function findPairSecretsOrWarnOfNoWorker(client, store) {
    const { worker, uidVariable, keySecret } = store;
    const names = await listSecretNames(client, store);
    if (names) {
        const own = [uidVariable, keySecret].filter(name => names.includes(name));
        const hasOtherPair = DEFAULT_NAMES.every(name => name !== uidVariable && name !== keySecret && names.includes(name));
        return { store, names: own, hasOtherPair, workerExists: true };
    }
    (0,log/* warning */.$e)(`The account ${client.accountId} has no Worker "${worker}", so it has no secrets to remove: only keys are deleted. If it should be there, check \`worker\`.`);
    return { store, names: [], hasOtherPair: false, workerExists: false };
}
function selectWorkerKeys(keys, { names, hasOtherPair, workerExists }, { keyName, workerStore: { label, uidVariable, keySecret } }) {
    const selected = (0,select_keys/* keysNamed */.Ye)(keyName, keys);
    if (selected.length === 0) {
        if (names.length > 0) {
            (0,log/* warning */.$e)(`No TURN key is named "${keyName}", which is the name of a key in ${label}. If the one that it held was created under another \`name\`, delete it by that.`);
        }
        return [];
    }
    if (hasOtherPair) {
        const uids = (0,log/* logAndTruncateUids */.Vt)(selected.map(({ uid }) => uid));
        (0,log/* warning */.$e)(`No TURN key is deleted: ${DEFAULT_NAMES.join(' and ')} are there too, and may hold one of the keys named "${keyName}". Delete the right one with \`uid\`: ${uids}.`);
        return [];
    }
    if (workerExists && names.length === 0) {
        (0,log/* warning */.$e)(`Neither ${uidVariable} nor ${keySecret} is in ${label}. If other secrets there hold a key that is deleted now, set \`uid-variable\` and \`key-secret\` to their names.`);
    }
    return selected;
}
async function removeWorkerPair(client, { store, names }, uids) {
    if (names.length === 0)
        return;
    try {
        await patchSecrets(client, store, Object.fromEntries(names.map(name => [name, null])));
    }
    catch (error) {
        const keys = uids.length > 0 ? ` The TURN keys are kept, because it may hold one: ${(0,log/* logAndTruncateUids */.Vt)(uids)}.` : '';
        throw new Error(`${(0,log/* messageOf */.bD)(error)}${keys}`, { cause: error });
    }
    (0,log/* info */.pq)(`Removed ${describeWorkerPair({ store, names })}.`);
}
const describeWorkerPair = ({ store, names }) => names.length > 0 ? `${names.join(' and ')} from ${store.label}` : '';

;// CONCATENATED MODULE: ./actions/delete/select-keys-and-pair.js







async function selectKeysAndPair({ selection, dryRun }, client, context) {
    if (selection.by === 'nothing') {
        (0,log/* info */.pq)('`orphaned` is false, and nothing else says which keys to delete: none is.');
        return { uids: [] };
    }
    if (selection.by === 'store')
        return selectStored(selection, client, context);
    if (selection.by === 'worker') {
        const [list, worker] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([
            (0,actions_account/* listKeysAndWarnIfNearlyFull */.tM)(client),
            findPairSecretsOrWarnOfNoWorker(client, selection.workerStore),
        ]);
        return { uids: uidsOf(selectWorkerKeys(list.keys, worker, selection)), worker };
    }
    if (selection.by === 'uid' && !dryRun)
        return { uids: selection.uids };
    const list = await (0,actions_account/* listKeysAndWarnIfNearlyFull */.tM)(client);
    if (selection.by === 'orphaned')
        return selectOrphaned(selection, list, context);
    if (selection.by === 'uid')
        return { uids: uidsOf(list.keys.filter(({ uid }) => selection.uids.includes(uid))) };
    return { uids: uidsOf(selectByNameLatestAndAge(selection, list)) };
}
async function selectStored(selection, client, context) {
    const store = context.createClient('GitHub', selection.keyStore);
    const [pair, { keys }] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([
        readPairIfEnvironmentExists(store),
        (0,actions_account/* listKeysAndWarnIfNearlyFull */.tM)(client),
    ]);
    if (!pair)
        return { uids: [] };
    return { uids: uidsOf(selectStoredKey(pair, keys, selection)), stored: { store, pair } };
}
const uidsOf = (keys) => keys.map(({ uid }) => uid);

;// CONCATENATED MODULE: ./actions/delete/main.js








async function delete_main_main(context) {
    const inputs = readDeleteInputs();
    const client = context.createClient('Cloudflare', inputs.account);
    const selected = await selectKeysAndPair(inputs, client, context);
    const { uids, reasons, stored, worker } = selected;
    if (inputs.dryRun) {
        context.drain.throwIfAborted();
        return reportDryRun(selected);
    }
    if (worker)
        await removeWorkerPair(client, worker, uids);
    const deletion = await deleteKeys(client, uids);
    setDeletedOutputs(deletion.deleted);
    await report(deletion, client.accountId, reasons);
    throwIfRemaining(deletion, client);
    if (stored)
        await removeStoredPairIfUnchanged(stored.store, stored.pair);
    context.drain.throwIfAborted();
}
function reportDryRun({ uids, worker, stored }) {
    for (const pair of [worker && describeWorkerPair(worker), stored && describeStoredPair(stored)]) {
        if (pair)
            (0,log/* info */.pq)(`Would remove ${pair}.`);
    }
    for (const uid of uids)
        (0,log/* info */.pq)(`Would delete the TURN key ${uid}.`);
    setDeletedOutputs(uids);
    (0,log/* info */.pq)(`Dry run: would delete ${uids.length} TURN ${uids.length === 1 ? 'key' : 'keys'}.`);
}
function setDeletedOutputs(uids) {
    (0,core/* setOutput */.uH)('deleted', JSON.stringify(uids));
    (0,core/* setOutput */.uH)('count', uids.length);
}
async function report(deletion, accountId, reasons) {
    const { deleted, remaining } = deletion;
    for (const [uid, reason = 'deletion was not attempted.'] of remaining)
        (0,log/* info */.pq)(`TURN key ${uid}: ${reason}`);
    (0,log/* info */.pq)(`TURN keys deleted in the account ${accountId}: ${deleted.length}.`);
    await (0,summary/* summarize */.eh)('TURN keys deleted', {
        Deleted: deleted.join(' ') || 'none',
        Remaining: [...remaining.keys()].join(' ') || 'none',
        ...(reasons && { Reasons: reasons.join('; ') || 'none' }),
    });
}
const MAX_REASON = 1500;
function throwIfRemaining({ remaining }, { accountId, drain }) {
    if (remaining.size === 0)
        return;
    const first = (0,log/* sanitize */.aj)([...remaining.values()].find(reason => reason !== undefined) ?? '').slice(0, MAX_REASON);
    const reason = drain.aborted ? 'The job was cancelled.' : `The log gives the reason for each key. The first: ${first}`;
    throw new Error(`Not all selected TURN keys were deleted from the account ${accountId}. ${reason} Run this again to delete the rest. Remaining: ${(0,log/* logAndTruncateUids */.Vt)([...remaining.keys()])}.`);
}

;// CONCATENATED MODULE: ./actions/all-but-usage.js








/***/ })

};
;
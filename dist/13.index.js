"use strict";
exports.id = 13;
exports.ids = [13];
exports.modules = {

/***/ 8025:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./runner/log.js
var log = __webpack_require__(8898);
;// CONCATENATED MODULE: ./actions/usage/bytes.js
const UNITS = { bytes: 1, kB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, TB: 1000 ** 4 };
function unitOf(bytes) {
    const [name, size] = Object.entries(UNITS).findLast(([, unit]) => bytes >= unit) ?? ['bytes', 1];
    return { name, size };
}
function formatBytes(bytes) {
    const { name, size } = unitOf(bytes);
    return `${Math.floor((bytes * 100) / size) / 100} ${name}`;
}
function parseBytes(text) {
    const [, count, name] = /^([1-9]\d{0,5})(MB|GB|TB)$/.exec(text) ?? [];
    const size = Object.entries(UNITS).find(([unit]) => unit === name)?.[1];
    return size && Number(count) * size;
}

// EXTERNAL MODULE: ./http/error.js
var http_error = __webpack_require__(8104);
// EXTERNAL MODULE: ./http/json.js
var http_json = __webpack_require__(1578);
;// CONCATENATED MODULE: ./cloudflare/analytics-query.js
const MAX_GROUPS = 10_000;
function turnUsageQueryText(hasUids) {
    const filter = `filter: { datetime_geq: $from, datetime_leq: $to${hasUids ? ', keyId_in: $uids' : ''} }`;
    const sum = 'sum { egressBytes ingressBytes }';
    return `query TurnUsage($accountTag: string!, $from: Time!, $to: Time!${hasUids ? ', $uids: [string!]' : ''}) {
  viewer {
    accounts(filter: { accountTag: $accountTag }) {
      total: callsTurnUsageAdaptiveGroups(limit: 1, ${filter}) { ${sum} }
      keys: callsTurnUsageAdaptiveGroups(limit: ${MAX_GROUPS}, ${filter}, orderBy: [sum_egressBytes_DESC]) { dimensions { keyId } ${sum} }
      hours: callsTurnUsageAdaptiveGroups(limit: ${MAX_GROUPS}, ${filter}, orderBy: [datetimeHour_ASC]) { dimensions { datetimeHour } ${sum} }
    }
  }
}`;
}

// EXTERNAL MODULE: ./cloudflare/hints.js
var hints = __webpack_require__(2003);
// EXTERNAL MODULE: ./cloudflare/request.js
var request = __webpack_require__(260);
// EXTERNAL MODULE: ./cloudflare/response.js
var cloudflare_response = __webpack_require__(3910);
;// CONCATENATED MODULE: ./cloudflare/analytics.js






const ANALYTICS_PERMISSION = 'Account Analytics: Read';
async function readTurnUsage(account, { from, to }, uids) {
    const variables = {
        accountTag: account.accountId,
        from: toIsoSeconds(from),
        to: toIsoSeconds(to),
        ...(uids && { uids }),
    };
    const body = { query: turnUsageQueryText(uids !== undefined), variables };
    const operation = 'read the TURN analytics';
    try {
        return await (0,request/* requestAndRead */.r)(account, { operation, method: 'POST', path: '/graphql', body, retryable: true }, parseUsage);
    }
    catch (error) {
        throw withHint(error);
    }
}
const toIsoSeconds = (time) => `${new Date(time).toISOString().slice(0, 19)}Z`;
function parseUsage(response) {
    const { json, serverTime } = response;
    const errors = [json?.errors ?? []].flat();
    if (errors.length > 0)
        throw (0,cloudflare_response/* failedResponseError */.DE)(response, kindOf(response.text));
    const viewer = (0,http_json/* isObject */.Gv)(json?.data) ? json.data.viewer : undefined;
    const [account] = (0,http_json/* isObject */.Gv)(viewer) ? [viewer.accounts].flat() : [];
    const unreadable = () => {
        throw (0,cloudflare_response/* unexpectedResponseError */.lo)(response, 'the response has no readable traffic of this account');
    };
    if (!(0,http_json/* isObject */.Gv)(account))
        return unreadable();
    const groupsOf = (list, dimension) => Array.isArray(list) ? list.map((group) => parseGroup(group, dimension) ?? unreadable()) : unreadable();
    const [total = { egressBytes: 0, ingressBytes: 0 }] = groupsOf(account.total, '');
    const [keys, hours] = [groupsOf(account.keys, 'keyId'), groupsOf(account.hours, 'datetimeHour')];
    return {
        total,
        keys: keys.map(({ name, ...traffic }) => ({ ...traffic, uid: name.toLowerCase() })),
        hours: hours.map(({ name, ...traffic }) => ({ ...traffic, hour: name })),
        isTruncated: keys.length >= MAX_GROUPS || hours.length >= MAX_GROUPS,
        serverTime,
    };
}
function parseGroup(group, dimension) {
    const { sum, dimensions } = (0,http_json/* isObject */.Gv)(group) ? group : {};
    const { egressBytes, ingressBytes } = (0,http_json/* isObject */.Gv)(sum) ? sum : {};
    const name = dimension === '' ? '' : (0,http_json/* isObject */.Gv)(dimensions) ? dimensions[dimension] : undefined;
    const isReadable = typeof egressBytes === 'number' && typeof ingressBytes === 'number' && typeof name === 'string';
    if (!isReadable || (dimension === 'datetimeHour' && Number.isNaN(Date.parse(name))))
        return undefined;
    return { egressBytes, ingressBytes, name };
}
function kindOf(words) {
    if (/rate limiter budget depleted/i.test(words))
        return 'throttled';
    return /try again later|internal server error/i.test(words) ? 'outcome-unknown' : 'rejected';
}
function withHint(error) {
    if (!(error instanceof http_error/* RequestError */.G))
        return error;
    if (/cannot request (data older|a time range)|query time range/i.test(error.message)) {
        return error.withHint('Set a shorter `since`.');
    }
    const isRefused = /not authorized for that account|does not have access to the path/i.test(error.message);
    return isRefused || error.isPermissionRefused ? error.withHint((0,hints/* missingPermissionHint */.LD)(ANALYTICS_PERMISSION)) : error;
}

// EXTERNAL MODULE: ./runner/inputs.js
var runner_inputs = __webpack_require__(8519);
// EXTERNAL MODULE: ./actions/account.js
var account = __webpack_require__(7722);
// EXTERNAL MODULE: ./actions/age.js
var actions_age = __webpack_require__(8922);
// EXTERNAL MODULE: ./actions/uids.js
var uids = __webpack_require__(3918);
;// CONCATENATED MODULE: ./actions/usage/inputs.js






function readUsageInputs() {
    const inputs = new runner_inputs/* Inputs */.G();
    const read = {
        account: (0,account/* readAccount */.GM)(inputs, ANALYTICS_PERMISSION),
        selection: readSelection(inputs),
        since: readSince(inputs),
        warnAt: readLimit(inputs, 'warn-at'),
        failAt: readLimit(inputs, 'fail-at'),
    };
    inputs.throwIfInvalid();
    return read;
}
function readSelection(inputs) {
    const uid = inputs.selector('uid');
    const name = inputs.selector('name', 'keyName');
    const prefix = inputs.selector('name-prefix', 'keyName');
    inputs.addErrorIf([uid, name, prefix].filter(value => value !== undefined).length > 1, 'Set at most one of `uid`, `name` and `name-prefix`: they say which keys count.');
    if (uid !== undefined)
        return { by: 'uid', uids: (0,uids/* readUids */.u)(inputs, uid) };
    if (name !== undefined)
        return { by: 'name', text: name };
    return prefix === undefined ? { by: 'account' } : { by: 'prefix', text: prefix };
}
const MAX_AGE = 31 * 86_400_000;
function readSince(inputs) {
    const value = inputs.text('since') || 'month';
    if (value === 'month')
        return 'month';
    const age = (0,actions_age/* parseAge */.F)(value) ?? 0;
    inputs.addErrorIf(age === 0 || age > MAX_AGE, `\`since\` must be month, or a number of minutes, hours or days up to 31d, such as 24h; it is "${value}".`);
    return age;
}
function readLimit(inputs, name) {
    const value = inputs.selector(name);
    if (value === undefined)
        return undefined;
    const limit = parseBytes(value);
    inputs.addErrorIf(value !== '' && limit === undefined, `\`${name}\` must be a whole number of MB, GB or TB, such as 500MB, 100GB or 1TB; it is "${value}".`);
    return limit;
}

// EXTERNAL MODULE: ./cloudflare/select-keys.js
var select_keys = __webpack_require__(7542);
// EXTERNAL MODULE: ./http/await-all.js
var await_all = __webpack_require__(2626);
// EXTERNAL MODULE: ./http/time.js + 1 modules
var time = __webpack_require__(808);
;// CONCATENATED MODULE: ./actions/usage/period.js
function periodUntil(to, since) {
    if (since !== 'month')
        return { from: to - since, to };
    const date = new Date(to);
    return { from: Date.UTC(date.getUTCFullYear(), date.getUTCMonth()), to };
}
const TOLERANCE_MS = 300_000;
function hasClockSkew(period, clock, since) {
    const isOtherMonth = since === 'month' && periodUntil(clock, since).from !== period.from;
    return isOtherMonth || Math.abs(clock - period.to) > TOLERANCE_MS;
}

;// CONCATENATED MODULE: ./actions/usage/measure.js









const NO_TRAFFIC = {
    total: { egressBytes: 0, ingressBytes: 0 },
    keys: [],
    hours: [],
    isTruncated: false,
    unnamed: 'deleted',
};
const LIST_PERMISSION = `Calls: Read, beside ${ANALYTICS_PERMISSION},`;
function measureUsage(client, { selection, since }) {
    if (selection.by === 'name' || selection.by === 'prefix')
        return measureNamed(client, selection, since);
    return measureByUid(client, selection.by === 'uid' ? selection.uids : undefined, since);
}
async function measureNamed(client, selection, since) {
    const list = await (0,account/* listKeysAndWarnIfNearlyFull */.tM)(client).catch((error) => {
        throw withListHint(error, '`name` and `name-prefix` need the list of keys.');
    });
    const keys = (0,select_keys/* selectKeys */.pi)(selection, list.keys);
    if (keys.length > 0) {
        const uids = keys.map(({ uid }) => uid);
        return withNames(await readUsage(client, since, uids), keys);
    }
    const { by, text } = selection;
    (0,log/* warning */.$e)(`No TURN key of the account ${client.accountId} has ${by === 'name' ? 'the name' : 'a name that begins with'} "${text}", so there is nothing to count, and no limit is reached: check the name. Deleted keys have none.`);
    return { ...NO_TRAFFIC, period: periodUntil(list.serverTime, since) };
}
async function measureByUid(client, uids, since) {
    const listing = (0,account/* listKeysAndWarnIfNearlyFull */.tM)(client).catch((error) => {
        if (error instanceof http_error/* RequestError */.G)
            return withListHint(error, 'The names need the list of keys.');
        throw error;
    });
    const [usage, list] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)([readUsage(client, since, uids), listing]);
    if (!(list instanceof http_error/* RequestError */.G))
        return withNames(usage, list.keys);
    (0,log/* warning */.$e)(`The keys are reported by uid alone. ${list.message}`);
    return { ...withNames(usage, []), unnamed: 'name not read' };
}
const withListHint = (error, purpose) => error instanceof http_error/* RequestError */.G && error.isPermissionRefused
    ? error.withHint(`${purpose} ${(0,hints/* missingPermissionHint */.LD)(LIST_PERMISSION, error.codes)}`)
    : error;
function withNames({ serverTime: _, keys, ...usage }, known) {
    const names = new Map(known.map(({ uid, name }) => [uid, name]));
    return { ...usage, unnamed: 'deleted', keys: keys.map(key => ({ ...key, name: names.get(key.uid) })) };
}
async function readUsage(client, since, uids) {
    const period = periodUntil((0,time/* monotonicEpochMs */.Mp)(), since);
    const usage = await readTurnUsage(client, period, uids);
    if (!hasClockSkew(period, usage.serverTime, since))
        return { ...usage, period };
    const corrected = periodUntil(usage.serverTime, since);
    return { ...(await readTurnUsage(client, corrected, uids)), period: corrected };
}

// EXTERNAL MODULE: ../node_modules/@actions/core/lib/core.js + 9 modules
var core = __webpack_require__(3332);
// EXTERNAL MODULE: ./runner/summary.js
var summary = __webpack_require__(3120);
;// CONCATENATED MODULE: ./actions/usage/chart.js

const DAY_MS = 86_400_000;
const MIN_HEIGHT = 220;
function egressChart(hours, period) {
    const days = egressByDay(hours, period);
    const max = Math.max(...days.values());
    if (max === 0)
        return undefined;
    const unit = unitOf(max);
    const format = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
    const names = [...days.keys()].map(day => `"${format.format(day)}"`);
    const values = [...days.values()].map(bytes => Math.round((bytes / unit.size) * 100) / 100);
    return `---
config:
  xyChart:
    width: 900
    height: ${Math.max(MIN_HEIGHT, 100 + 18 * days.size)}
  themeVariables:
    xyChart:
      plotColorPalette: "#0969da"
---
xychart-beta horizontal
  title "Egress a day (UTC), in ${unit.name}"
  x-axis [${names.join(', ')}]
  y-axis 0 --> ${Math.ceil(max / unit.size)}
  bar [${values.join(', ')}]`;
}
function egressByDay(hours, { from, to }) {
    const days = new Map();
    for (let day = startOfDay(from); day <= to; day += DAY_MS)
        days.set(day, 0);
    for (const { hour, egressBytes } of hours) {
        const day = startOfDay(Date.parse(hour));
        days.set(day, (days.get(day) ?? 0) + egressBytes);
    }
    return days;
}
const startOfDay = (time) => Math.floor(time / DAY_MS) * DAY_MS;

;// CONCATENATED MODULE: ./actions/usage/report.js






const MAX_OUTPUT_CHARACTERS = 450_000;
function setUsageOutputs({ total, keys }) {
    const entries = keys
        .filter(relayed)
        .map(({ uid, name = '', egressBytes, ingressBytes }) => JSON.stringify({ uid, name, egressBytes, ingressBytes }));
    const kept = entries.slice(0, countWithin(MAX_OUTPUT_CHARACTERS, entries));
    (0,core/* setOutput */.uH)('keys', `[${kept.join(',')}]`);
    (0,core/* setOutput */.uH)('ingress-bytes', total.ingressBytes);
    (0,core/* setOutput */.uH)('egress-bytes', total.egressBytes);
    if (kept.length < entries.length) {
        (0,log/* warning */.$e)(`The output \`keys\` has the ${kept.length} keys with the most egress, and not all ${entries.length}: GitHub takes no more than 1 MB. \`egress-bytes\` and \`ingress-bytes\` count all.`);
    }
}
function countWithin(max, texts) {
    let length = 0;
    const beyond = texts.findIndex(text => {
        length += text.length + 1;
        return length > max;
    });
    return beyond < 0 ? texts.length : beyond;
}
const relayed = ({ egressBytes, ingressBytes }) => egressBytes > 0 || ingressBytes > 0;
const MAX_ROWS = 20;
const FREE_BYTES = 1000 ** 4;
async function logAndSummarizeUsage(usage) {
    const { total, keys, period, isTruncated, unnamed } = usage;
    const [from, to] = [toIsoSeconds(period.from), toIsoSeconds(period.to)];
    const [egress, ingress] = [formatBytes(total.egressBytes), formatBytes(total.ingressBytes)];
    const percent = Math.floor((total.egressBytes * 1000) / FREE_BYTES) / 10;
    const free = `${percent}% of the 1,000 GB that are free each month (per account, shared with the SFU)`;
    const counted = keys.filter(relayed);
    const rows = counted.slice(0, MAX_ROWS).map(key => rowOf(key, unnamed));
    (0,log/* info */.pq)(`TURN traffic from ${from} to ${to}: ${egress} egress, ${ingress} ingress. The egress is ${free}.`);
    (0,log/* info */.pq)('These are estimates: Cloudflare samples its analytics, and the last minutes are not in them yet.');
    for (const [name, uid, sent, received] of rows)
        (0,log/* info */.pq)(`TURN key ${uid}, ${name}: ${sent} egress, ${received} ingress.`);
    if (isTruncated)
        (0,log/* warning */.$e)(TRUNCATED);
    const upTo = `${to}, less the last minutes`;
    const facts = {
        Egress: `${egress}, ${free}`,
        Ingress: ingress,
        Since: from,
        'Up to': upTo,
        Keys: `${counted.length}`,
    };
    const tables = rows.length > 0 ? [(0,summary/* table */.tp)(['Key', 'uid', 'Egress', 'Ingress'], rows)] : [];
    await (0,summary/* summarize */.eh)('TURN traffic', facts, [...tables, ...chartOf(usage)]);
}
function chartOf({ hours, period }) {
    const chart = egressChart(hours, period);
    return chart ? [(0,summary/* mermaid */.a4)(chart)] : [];
}
const rowOf = ({ uid, name, egressBytes, ingressBytes }, unnamed) => [
    name === '' ? 'no name' : (name ?? `(${unnamed})`),
    uid,
    formatBytes(egressBytes),
    formatBytes(ingressBytes),
];
const TRUNCATED = 'Cloudflare listed as many keys or hours as it does at most, so there may be more. The total counts them all; `keys`, the table and the chart may not.';

;// CONCATENATED MODULE: ./actions/usage/main.js





async function main(context) {
    const inputs = readUsageInputs();
    const client = context.createClient('Cloudflare', inputs.account);
    const usage = await measureUsage(client, inputs);
    context.drain.throwIfAborted();
    await logAndSummarizeUsage(usage);
    setUsageOutputs(usage);
    checkLimits(usage.total.egressBytes, inputs);
}
function checkLimits(egressBytes, { warnAt, failAt }) {
    const relayed = `The TURN keys relayed ${formatBytes(egressBytes)} of egress`;
    if (warnAt !== undefined && egressBytes >= warnAt)
        (0,log/* warning */.$e)(`${relayed}: \`warn-at\` is ${formatBytes(warnAt)}.`);
    if (failAt !== undefined && egressBytes >= failAt) {
        throw new Error(`${relayed}: \`fail-at\` is ${formatBytes(failAt)}. No key was deleted.`);
    }
}


/***/ })

};
;
"use strict";
exports.id = 15;
exports.ids = [15];
exports.modules = {

/***/ 4576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkUrl: () => (/* binding */ checkUrl)
});

// EXTERNAL MODULE: ./http/time.js + 1 modules
var time = __webpack_require__(808);
;// CONCATENATED MODULE: ./turn/error.js
class TurnError extends Error {
    kind;
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}

;// CONCATENATED MODULE: ./turn/server-uri.js
const URI = /^(stun|turn)(s?):(?:\[([\da-f:.]+)\]|([^\s:@/?#[\]]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/;
function parseStunOrTurnUri(uri) {
    const [, scheme, s, ipv6, host = ipv6, digits, given] = URI.exec(uri.toLowerCase()) ?? [];
    const port = Number(digits ?? (s ? 5349 : 3478));
    if (host === undefined || port < 1 || port > 65_535)
        return undefined;
    const isUdp = given === 'udp' || (given === undefined && !s);
    const transport = s ? (isUdp ? 'dtls' : 'tls') : isUdp ? 'udp' : 'tcp';
    return { scheme: scheme === 'turn' ? 'turn' : 'stun', transport, host, port };
}

;// CONCATENATED MODULE: ./actions/check/hints.js
const HINTS = {
    alternate: 'The server refers to another one, to which nothing is sent: put that one among the ICE servers instead',
    unauthorized: 'The server does not accept this credential, which is wrong or has expired: mint a new one, and check the secret that it is minted with',
    forbidden: 'The server does not relay to this address: its configuration denies its own (in coturn, `denied-peer-ip`)',
    quota: 'The server allows this user no more allocations: wait until older ones have ended, or raise its quota',
    refused: 'The server refuses the request: see its log',
    'no-connection': 'The server cannot be reached: the host or the port is wrong, the server is down, or a firewall between this runner and the server blocks the port',
    'no-response': 'Nothing came back: the port is blocked between this runner and the server (a firewall), or no TURN server listens on it',
    'stopped-responding': 'The server responded at first, and then no more: it is overloaded or was stopped, or packets are lost on the way',
    unsigned: 'The responses are not signed with this credential: the server has another secret, or something in between responds in its place',
    'not-relayed': 'The server gives relay addresses, but what is sent to one does not arrive: a firewall blocks the UDP ports that the server relays on, or its external address is wrong',
    'not-stun': 'What listens on this port is no TURN server: check the host and the port',
    'certificate-dates': 'The certificate is not valid today: renew it, or check the clock of this runner',
    'certificate-host': 'The certificate is for another host: use the name that it is for',
    'certificate-untrusted': 'The certificate is not trusted here: install it with its intermediate certificates, or set NODE_EXTRA_CA_CERTS to that of its authority',
    altered: 'What was relayed arrived changed: something on the way alters packets',
};
const MAX_WORDS = 800;
function explain({ kind, message }, username) {
    const expiry = kind === 'unauthorized' ? expiryHint(username) : '';
    return `${HINTS[kind]}${message.length > MAX_WORDS ? '' : ` (${message})`}.${expiry}`;
}
function expiryHint(username) {
    const [, seconds] = /^(\d{10})(?::|$)/.exec(username) ?? [];
    if (seconds === undefined)
        return '';
    const expiry = new Date(Number(seconds) * 1000);
    const isPast = expiry.getTime() < Date.now();
    return ` By its user name, it ${isPast ? 'expired' : 'is to expire'} at ${expiry.toISOString()}.`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./http/await-all.js
var await_all = __webpack_require__(2626);
// EXTERNAL MODULE: ./http/certificate.js
var certificate = __webpack_require__(6533);
// EXTERNAL MODULE: ./http/no-response.js
var no_response = __webpack_require__(8883);
;// CONCATENATED MODULE: ./turn/address.js
const MAGIC_COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);
function xorAddress(value, transactionId) {
    const mask = Buffer.concat([Buffer.alloc(2), MAGIC_COOKIE.subarray(0, 2), MAGIC_COOKIE, transactionId]);
    return Buffer.from(value.subarray(0, mask.length).map((byte, index) => byte ^ (mask[index] ?? 0)));
}
function formatAddress(address) {
    const ip = address.subarray(4);
    if (address[1] === 1 && ip.length === 4)
        return `${ip.join('.')}:${address.readUInt16BE(2)}`;
    if (address[1] !== 2 || ip.length !== 16)
        return undefined;
    return `${new URL(`http://[${ip.toString('hex').match(/.{4}/g)?.join(':')}]`).hostname}:${address.readUInt16BE(2)}`;
}

// EXTERNAL MODULE: external "node:dgram"
var external_node_dgram_ = __webpack_require__(1314);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(1553);
;// CONCATENATED MODULE: ./turn/lookup.js

const lookups = new Map();
function lookUpOnce(host) {
    const known = lookups.get(host) ?? (0,promises_.lookup)(host, { all: true });
    lookups.set(host, known);
    return known;
}
const lookUpForNet = (host, { all }, callback) => void lookUpOnce(host).then(([...addresses]) => all ? callback(null, addresses) : callback(null, addresses[0]?.address ?? '', addresses[0]?.family), error => callback(error, []));

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./turn/message.js



const METHOD = { binding: 1, allocate: 3, refresh: 4, send: 6, data: 7, createPermission: 8 };
const CLASS = { indication: 0x010, success: 0x100, error: 0x110 };
const ATTRIBUTES = [
    ['errorCode', 0x0009],
    ['lifetime', 0x000d],
    ['xorPeerAddress', 0x0012],
    ['data', 0x0013],
    ['xorRelayedAddress', 0x0016],
    ['requestedTransport', 0x0019],
    ['username', 0x0006],
    ['nonce', 0x0015],
    ['realm', 0x0014],
];
const MESSAGE_INTEGRITY = 0x0008;
const FINGERPRINT = 0x8028;
const [HEADER_BYTES, INTEGRITY_BYTES] = [20, 20];
function encodeMessage(type, attributes, id = (0,external_node_crypto_.randomBytes)(12), key) {
    const encoded = ATTRIBUTES.flatMap(([name, code]) => {
        const value = attributes[name];
        return value ? encode(code, name.startsWith('xor') ? xorAddress(value, id) : value) : [];
    });
    const message = Buffer.concat([uint16(type), uint16(0), MAGIC_COOKIE, id, ...encoded]);
    const signed = key ? append(message, MESSAGE_INTEGRITY, INTEGRITY_BYTES, of => hmac(of, key)) : message;
    return append(signed, FINGERPRINT, 4, fingerprint);
}
function parseMessage(bytes) {
    if (wholeMessageLength(bytes) !== bytes.length)
        return undefined;
    const transactionId = bytes.subarray(8, HEADER_BYTES);
    const attributes = {};
    let integrity;
    for (let start = HEADER_BYTES, end = start; start < bytes.length; start = end + padding(end)) {
        const code = bytes.readUInt16BE(start);
        end = start + 4 + bytes.readUInt16BE(start + 2);
        if (end > bytes.length)
            return undefined;
        const [before, value] = [bytes.subarray(0, start), bytes.subarray(start + 4, end)];
        if (code === FINGERPRINT && !value.equals(fingerprint(before)))
            return undefined;
        if (integrity)
            continue;
        if (code === MESSAGE_INTEGRITY)
            integrity = { integrity: value, signed: withLength(before, INTEGRITY_BYTES) };
        const [name] = ATTRIBUTES.find(([, known]) => known === code) ?? [];
        if (name)
            attributes[name] ??= name.startsWith('xor') ? xorAddress(value, transactionId) : value;
    }
    return { type: bytes.readUInt16BE(), transactionId, attributes, ...integrity };
}
const hasIntegrity = ({ integrity, signed }, key) => signed !== undefined && integrity?.length === INTEGRITY_BYTES && (0,external_node_crypto_.timingSafeEqual)(integrity, hmac(signed, key));
function wholeMessageLength(bytes) {
    if (bytes.length < HEADER_BYTES)
        return undefined;
    const [type, length] = [bytes.readUInt16BE(), bytes.readUInt16BE(2)];
    const isStun = type < 0x4000 && length % 4 === 0 && bytes.subarray(4, 8).equals(MAGIC_COOKIE);
    return isStun ? HEADER_BYTES + length : Number.NaN;
}
function append(bytes, code, size, compute) {
    const counted = withLength(bytes, size);
    return Buffer.concat([counted, encode(code, compute(counted))]);
}
const withLength = (bytes, size) => Buffer.concat([bytes.subarray(0, 2), uint16(bytes.length + 4 + size - HEADER_BYTES), bytes.subarray(4)]);
const encode = (code, value) => Buffer.concat([uint16(code), uint16(value.length), value, Buffer.alloc(padding(value.length))]);
const uint16 = (value) => Buffer.from([value >> 8, value & 255]);
const padding = (length) => -length & 3;
const hmac = (bytes, key) => (0,external_node_crypto_.createHmac)('sha1', key).update(bytes).digest();
function fingerprint(bytes) {
    const value = Buffer.alloc(4);
    value.writeInt32BE((0,external_node_zlib_.crc32)(bytes) ^ 0x5354554e);
    return value;
}

;// CONCATENATED MODULE: ./turn/connection.js








const connect = (uri, onError, signal) => (uri.transport === 'udp' ? connectUdp : connectStream)(uri, onError, signal);
async function connectUdp({ host, port }, onError, signal) {
    const aborted = (0,external_node_events_.once)(signal, 'abort').then(() => Promise.reject(signal.reason));
    const addresses = await Promise.race([lookUpOnce(host), aborted]);
    const sockets = new Set();
    const close = (socket) => sockets.delete(socket) && socket.close();
    const forEach = (act) => void [...sockets].map(act);
    const send = (bytes) => forEach(socket => socket.send(bytes));
    const connection = { isLossy: true, onMessage: () => { }, send, close: () => forEach(close) };
    const opened = addresses.map(async ({ address, family }) => {
        const socket = (0,external_node_dgram_.createSocket)(family === 6 ? 'udp6' : 'udp4');
        sockets.add(socket);
        socket.on('message', bytes => {
            forEach(other => other === socket || close(other));
            connection.onMessage(bytes);
        });
        socket.on('error', error => {
            close(socket);
            if (sockets.size === 0)
                onError(error);
        });
        socket.connect(port, address);
        await (0,external_node_events_.once)(socket, 'connect');
    });
    await Promise.allSettled(opened);
    if (!signal.aborted)
        return connection;
    connection.close();
    throw signal.reason;
}
async function connectStream(uri, onError, signal) {
    const [{ host, port }, isTls] = [uri, uri.transport === 'tls'];
    const options = { host, port, lookup: lookUpForNet, autoSelectFamilyAttemptTimeout: time/* HANDSHAKE_TIMEOUT_MS */.bC };
    const tls = { ...options, rejectUnauthorized: true, servername: (0,external_node_net_.isIP)(host) === 0 ? host : '' };
    const socket = isTls ? (0,external_node_tls_.connect)(tls) : (0,external_node_net_.connect)(options);
    await (0,external_node_events_.once)(socket, isTls ? 'secureConnect' : 'connect', { signal }).catch(error => {
        socket.destroy();
        throw signal.aborted ? signal.reason : error;
    });
    const [send, close] = [(bytes) => void socket.write(bytes), () => void socket.destroy()];
    const connection = { isLossy: false, onMessage: () => { }, send, close };
    let received = Buffer.alloc(0);
    socket.on('data', chunk => {
        received = Buffer.concat([received, chunk]);
        for (let length = 0;; received = received.subarray(length)) {
            length = wholeMessageLength(received) ?? Number.POSITIVE_INFINITY;
            if (Number.isNaN(length))
                return socket.destroy(new TurnError('not-stun', 'the response is no STUN message'));
            if (length > received.length)
                return;
            connection.onMessage(received.subarray(0, length));
        }
    });
    socket.on('error', onError);
    socket.on('close', () => onError(new Error('the server closed the connection')));
    return connection;
}
function sendUntilReceivedOrAborted(connection, matches, send, signal, isLossy = connection.isLossy) {
    const { promise, resolve, reject } = Promise.withResolvers();
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    connection.onMessage = bytes => {
        const message = parseMessage(bytes);
        if (!message || !matches(message))
            return;
        connection.onMessage = () => { };
        resolve(message);
    };
    let timer;
    const transmit = (pause) => {
        if (isLossy || timer === undefined)
            send();
        timer = setTimeout(transmit, pause, pause * 2);
    };
    transmit(500);
    return promise.finally(() => clearTimeout(timer));
}

;// CONCATENATED MODULE: ./turn/client.js





const KINDS = { 300: 'alternate', 401: 'unauthorized', 486: 'quota' };
const FORBIDDEN = 403;
const MAX_CHALLENGES = 4;
const UDP = Buffer.from([17, 0, 0, 0]);
class TurnClient {
    stage = 'no-response';
    #connection;
    #user;
    #signal;
    #identity = {};
    #key;
    #mayBeAllocated = false;
    constructor(connection, username, credential, signal) {
        this.#connection = connection;
        this.#user = [username, credential];
        this.#signal = signal;
    }
    bind = () => this.#request(METHOD.binding);
    async allocate() {
        const { xorRelayedAddress } = (await this.#request(METHOD.allocate, { requestedTransport: UDP })).attributes;
        if (xorRelayedAddress && formatAddress(xorRelayedAddress))
            return xorRelayedAddress;
        throw new TurnError('refused', 'the response has no relay address');
    }
    permit = (peer) => this.#request(METHOD.createPermission, { xorPeerAddress: peer });
    async relay(data, xorPeerAddress, receiver) {
        this.stage = 'not-relayed';
        const isData = ({ type, attributes }) => type === (METHOD.data | CLASS.indication) && attributes.data?.length === data.length;
        const send = () => this.#connection.send(encodeMessage(METHOD.send | CLASS.indication, { xorPeerAddress, data }));
        const { attributes } = await sendUntilReceivedOrAborted(receiver.#connection, isData, send, this.#signal, true);
        if (!attributes.data?.equals(data))
            throw new TurnError('altered', 'other bytes arrived than were sent');
    }
    async release() {
        const refresh = [METHOD.refresh, { lifetime: Buffer.alloc(4) }, AbortSignal.timeout(3000)];
        if (this.#mayBeAllocated)
            await this.#request(...refresh).catch(() => { });
        this.#connection.close();
    }
    async #request(method, attributes = {}, signal = this.#signal) {
        for (let challenges = 0;; challenges++) {
            const response = await this.#exchange(method, attributes, signal);
            const code = errorCode(response);
            const isChallenge = code === 438 || (code === 401 && !this.#key);
            if (method === METHOD.allocate)
                this.#mayBeAllocated = isChallenge || code === undefined;
            if (code === undefined)
                return response;
            if (isChallenge && challenges < MAX_CHALLENGES && this.#identify(response.attributes))
                continue;
            const isPeerDenied = code === FORBIDDEN && method === METHOD.createPermission;
            const kind = isPeerDenied ? 'forbidden' : (KINDS[code] ?? 'refused');
            throw new TurnError(kind, `${code} ${response.attributes.errorCode?.subarray(4)}`);
        }
    }
    #exchange(method, attributes, signal) {
        const [id, key] = [(0,external_node_crypto_.randomBytes)(12), this.#key];
        const request = encodeMessage(method, { ...attributes, ...this.#identity }, id, key);
        const isResponse = (message) => {
            const isOurs = (message.type & ~CLASS.indication) === (method | CLASS.success) && message.transactionId.equals(id);
            const isGenuine = !key || hasIntegrity(message, key) || [401, 438].includes(errorCode(message) ?? 0);
            if (isOurs)
                this.stage = isGenuine ? 'stopped-responding' : 'unsigned';
            return isOurs && isGenuine;
        };
        return sendUntilReceivedOrAborted(this.#connection, isResponse, () => this.#connection.send(request), signal);
    }
    #identify({ nonce, realm = this.#identity.realm }) {
        const [username, credential] = this.#user;
        if (!realm || !nonce)
            return false;
        this.#identity = { username: Buffer.from(username), nonce, realm };
        this.#key = (0,external_node_crypto_.createHash)('md5').update(`${username}:`).update(realm).update(`:${credential}`).digest();
        return true;
    }
}
const errorCode = ({ type, attributes: { errorCode: value } }) => (type & CLASS.error) === CLASS.error ? ((value?.[2] ?? 0) & 7) * 100 + (value?.[3] ?? 0) : undefined;

;// CONCATENATED MODULE: ./actions/check/probe-uri.js









const DATA_BYTES = 1000;
async function probeUri(uri, options, cancelled) {
    const failure = new AbortController();
    const signal = AbortSignal.any([cancelled, failure.signal]);
    const clients = [];
    const open = async () => {
        const connection = await connect(uri, error => failure.abort(error), signal);
        const client = new TurnClient(connection, options.username, options.credential, signal);
        clients.push(client);
        return client;
    };
    const tooLate = new Error(`nothing came back within ${options.timeout} seconds`);
    const timer = setTimeout(() => failure.abort(tooLate), options.timeout * 1000);
    try {
        return await (uri.scheme === 'turn' ? relayBothWays(open) : bind(open));
    }
    catch (error) {
        throw toTurnError(error, clients);
    }
    finally {
        clearTimeout(timer);
        failure.abort();
        await Promise.all(clients.map(client => client.release()));
    }
}
async function bind(open) {
    const client = await open();
    await client.bind();
    return {};
}
async function relayBothWays(open) {
    const started = (0,time/* monotonicEpochMs */.Mp)();
    const allocate = async () => {
        const client = await open();
        return { client, address: await client.allocate() };
    };
    const both = [allocate(), allocate()];
    const [one, other] = await (0,await_all/* awaitAllOrThrowRefusalFirst */.$)(both, error => error instanceof TurnError);
    const allocated = (0,time/* monotonicEpochMs */.Mp)();
    await Promise.all([one.client.permit(other.address), other.client.permit(one.address)]);
    await one.client.relay((0,external_node_crypto_.randomBytes)(DATA_BYTES), other.address, other.client);
    await other.client.relay((0,external_node_crypto_.randomBytes)(DATA_BYTES), one.address, one.client);
    return {
        relayAddress: formatAddress(one.address),
        allocateMs: allocated - started,
        relayMs: (0,time/* monotonicEpochMs */.Mp)() - allocated,
    };
}
const STAGES = ['not-relayed', 'unsigned', 'stopped-responding', 'no-response'];
function toTurnError(error, clients) {
    if (error instanceof TurnError)
        return error;
    const problem = (0,certificate/* certificateProblem */.V)(error);
    const stage = STAGES.find(known => clients.some(client => client.stage === known)) ?? 'no-connection';
    return new TurnError(problem ? `certificate-${problem}` : stage, error instanceof Error ? (0,no_response/* messageOrCode */.Cw)(error) : '');
}

;// CONCATENATED MODULE: ./actions/check/check-url.js





const MAX_USERNAME_BYTES = 508;
async function checkUrl(server, timeout, cancelled) {
    const { url, username, credential } = server;
    const [uri, started] = [parseStunOrTurnUri(url), (0,time/* monotonicEpochMs */.Mp)()];
    const unfit = unfitnessOf(server, uri);
    if (!uri || unfit)
        return { url, uri, ok: false, milliseconds: 0, error: unfit };
    const took = () => ({ url, uri, milliseconds: (0,time/* monotonicEpochMs */.Mp)() - started });
    try {
        const check = await probeUri(uri, { username, credential, timeout }, cancelled);
        return { ...took(), ok: true, ...check };
    }
    catch (error) {
        if (!(error instanceof TurnError))
            throw error;
        return { ...took(), ok: false, error: explain(error, username) };
    }
}
function unfitnessOf({ username, credential }, uri) {
    if (!uri)
        return 'The URL is malformed: write turn:HOST:PORT?transport=udp or tcp, or turns:HOST:PORT?transport=tcp.';
    if (uri.transport === 'dtls')
        return 'Not checked: TURN over DTLS, which browsers do not use either.';
    if (uri.scheme === 'stun')
        return '';
    if (!username || !credential)
        return 'It comes without a username and a credential, so browsers refuse it.';
    return Buffer.byteLength(username) > MAX_USERNAME_BYTES ? 'Its username is longer than 508 bytes.' : '';
}


/***/ })

};
;
// Runs in a page. One peer, which reaches the other through a TURN server alone.
const TIME_TO_MEET = 15_000
const errors = []
let peer
let received

globalThis.offer = async (iceServers, message) => {
  open(iceServers)
  const channel = peer.createDataChannel('meeting')
  channel.onopen = () => channel.send(message)
  return await gather()
}

globalThis.answer = async (iceServers, sdp) => {
  open(iceServers)
  received = new Promise(resolve => {
    peer.ondatachannel = ({ channel }) => {
      channel.onmessage = ({ data }) => resolve(data)
    }
  })
  await peer.setRemoteDescription({ type: 'offer', sdp })
  return await gather()
}

globalThis.accept = sdp => peer.setRemoteDescription({ type: 'answer', sdp })

globalThis.receive = () => Promise.race([received, tooLate('')])

globalThis.report = async () => ({ pair: await selectedPair(), errors })

function open(iceServers) {
  peer = new RTCPeerConnection({ iceServers: JSON.parse(iceServers), iceTransportPolicy: 'relay' })
  peer.onicecandidateerror = ({ errorCode }) => errors.push(errorCode)
}

/** The description with all the candidates that there are. */
async function gather() {
  const gathered = new Promise(resolve => {
    peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve()
  })
  await peer.setLocalDescription()
  await Promise.race([gathered, tooLate()])
  return peer.localDescription.sdp
}

function tooLate(value) {
  return new Promise(resolve => setTimeout(resolve, TIME_TO_MEET, value))
}

async function selectedPair() {
  const stats = await peer.getStats()
  const transport = [...stats.values()].find(({ type }) => type === 'transport')
  const pair = stats.get(transport?.selectedCandidatePairId)
  return pair ? [pair.localCandidateId, pair.remoteCandidateId].map(id => stats.get(id).candidateType) : []
}

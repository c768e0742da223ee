// Runs in the page. Two peers meet through a TURN server alone, and one sends the other a message.
const TIME_TO_MEET = 15_000

globalThis.meet = async (iceServers, message) => {
  const configuration = { iceServers: JSON.parse(iceServers), iceTransportPolicy: 'relay' }
  const [caller, callee] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)]
  const errors = []
  for (const peer of [caller, callee]) {
    peer.onicecandidateerror = ({ errorCode }) => errors.push(errorCode)
  }
  try {
    caller.onicecandidate = ({ candidate }) => callee.addIceCandidate(candidate)
    callee.onicecandidate = ({ candidate }) => caller.addIceCandidate(candidate)
    const received = messageBetween(caller, callee, message)
    await caller.setLocalDescription()
    await callee.setRemoteDescription(caller.localDescription)
    await callee.setLocalDescription()
    await caller.setRemoteDescription(callee.localDescription)
    const text = await Promise.race([received, noWay(caller, callee), tooLate()])
    return { pair: text === '' ? [] : await selectedPair(caller), received: text, errors }
  } finally {
    caller.close()
    callee.close()
  }
}

function messageBetween(caller, callee, message) {
  const channel = caller.createDataChannel('meeting')
  channel.onopen = () => channel.send(message)
  return new Promise(resolve => {
    callee.ondatachannel = ({ channel }) => {
      channel.onmessage = ({ data }) => resolve(data)
    }
  })
}

/** Both peers looked for a relay and got none: they cannot meet. */
async function noWay(...peers) {
  await Promise.all(
    peers.map(
      peer =>
        new Promise(resolve => {
          peer.addEventListener('icegatheringstatechange', () => {
            const isOver = peer.iceGatheringState === 'complete'
            if (isOver && !peer.localDescription.sdp.includes('a=candidate:')) resolve()
          })
        }),
    ),
  )
  return ''
}

function tooLate() {
  return new Promise(resolve => setTimeout(resolve, TIME_TO_MEET, ''))
}

async function selectedPair(peer) {
  const stats = await peer.getStats()
  const transport = [...stats.values()].find(({ type }) => type === 'transport')
  const { localCandidateId, remoteCandidateId } = stats.get(transport.selectedCandidatePairId)
  return [localCandidateId, remoteCandidateId].map(id => stats.get(id).candidateType)
}

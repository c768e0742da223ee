import { branchMate, COMMENT, FORK, issue, type Json, OWN, pullRequest, SENDER, SHA } from './payloads.ts'
import type { StepOptions } from './step.ts'

/** What an event changes of a step: its payload, and the variables that say on which ref the run is. */
export type StartedBy = Required<Pick<StepOptions, 'event' | 'runner'>>

/** The run that a `workflow_run` event is about, on the branch `feature`; `event` started it. */
export function startedBy(event: string, about: Json = {}): StartedBy {
  const pull_requests = event.startsWith('pull_request') ? [branchMate(8)] : []
  const run = {
    id: 289782451,
    event,
    head_branch: 'feature',
    head_sha: SHA,
    repository: OWN,
    head_repository: OWN,
  }
  const workflow_run = { ...run, pull_requests, status: 'completed', conclusion: 'success', ...about }
  return onDefaultBranch('workflow_run', { action: 'completed', workflow: { name: 'CI' }, workflow_run })
}

const on = (ref: string, name: string, type: 'branch' | 'tag') => ({
  GITHUB_REF: ref,
  GITHUB_REF_NAME: name,
  GITHUB_REF_TYPE: type,
})
const onBranch = (branch: string) => on(`refs/heads/${branch}`, branch, 'branch')
const onTag = (tag: string) => on(`refs/tags/${tag}`, tag, 'tag')
/** The runner names no type for what is neither a branch nor a tag. */
const ON_PULL = { GITHUB_REF: 'refs/pull/7/merge', GITHUB_REF_NAME: '7/merge', GITHUB_REF_TYPE: undefined }

function started(name: string, runner: StartedBy['runner'], content: Json): StartedBy {
  return { event: { name, payload: { ...content, repository: OWN, sender: SENDER } }, runner }
}

const onDefaultBranch = (name: string, content: Json) => started(name, onBranch('main'), content)
const onPull = (name: string, content: Json) => started(name, ON_PULL, content)

const QUEUE = 'gh-readonly-queue/main/pr-7-0123456789abcdef0123456789abcdef01234567'
const DEPLOYMENT = { id: 145988746, sha: SHA, ref: 'v1.2', task: 'deploy', environment: 'staging' }
const CHECK = {
  id: 128620228,
  name: 'lint',
  head_sha: SHA,
  status: 'completed',
  pull_requests: [branchMate(7)],
}

/**
 * Events as GitHub sends them, as far as anyone asks: https://docs.github.com/webhooks/webhook-events-and-payloads, on the
 * ref that https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows names.
 */
export const EVENTS = {
  'push to a branch': started('push', onBranch('feature/a'), { ref: 'refs/heads/feature/a', after: SHA }),
  'push that deletes a branch': started('push', onBranch('main'), {
    ref: 'refs/heads/feature/a',
    after: '0'.repeat(40),
    deleted: true,
  }),
  'push of a tag': started('push', onTag('v1.2'), { ref: 'refs/tags/v1.2', after: SHA }),
  workflow_dispatch: started('workflow_dispatch', onBranch('feature/a'), {
    ref: 'refs/heads/feature/a',
    inputs: {},
  }),
  schedule: onDefaultBranch('schedule', { schedule: '41 4 * * 1' }),
  release: started('release', onTag('v1.2'), { action: 'published', release: { tag_name: 'v1.2' } }),
  merge_group: started('merge_group', onBranch(QUEUE), {
    action: 'checks_requested',
    merge_group: { head_sha: SHA, head_ref: `refs/heads/${QUEUE}`, base_ref: 'refs/heads/main' },
  }),
  create: started('create', onBranch('feature/a'), {
    ref: 'feature/a',
    ref_type: 'branch',
    master_branch: 'main',
  }),
  deployment: started('deployment', onTag('v1.2'), { action: 'created', deployment: DEPLOYMENT }),
  'deployment of a commit': started(
    'deployment',
    { GITHUB_REF: '', GITHUB_REF_NAME: '', GITHUB_REF_TYPE: '' },
    { action: 'created', deployment: { ...DEPLOYMENT, ref: SHA } },
  ),
  deployment_status: started('deployment_status', onTag('v1.2'), {
    action: 'created',
    deployment_status: { id: 209916254, state: 'success' },
    deployment: DEPLOYMENT,
  }),
  pull_request: onPull('pull_request', { action: 'synchronize', number: 7, pull_request: pullRequest() }),
  'pull_request, closed': onPull('pull_request', {
    action: 'closed',
    number: 7,
    pull_request: pullRequest({ state: 'closed', merged: false }),
  }),
  'pull_request, merged': onDefaultBranch('pull_request', {
    action: 'closed',
    number: 7,
    pull_request: pullRequest({ state: 'closed', merged: true }),
  }),
  'pull_request of a fork': onPull('pull_request', {
    action: 'opened',
    number: 7,
    pull_request: pullRequest({ head: { label: 'mallory:feature', ref: 'feature', sha: SHA, repo: FORK } }),
  }),
  pull_request_target: onDefaultBranch('pull_request_target', {
    action: 'opened',
    number: 7,
    pull_request: pullRequest(),
  }),
  pull_request_review: onPull('pull_request_review', {
    action: 'submitted',
    review: { id: 237895671, state: 'approved', user: SENDER },
    pull_request: pullRequest(),
  }),
  pull_request_review_comment: onPull('pull_request_review_comment', {
    action: 'created',
    comment: COMMENT,
    pull_request: pullRequest(),
  }),
  'comment on a pull request': onDefaultBranch('issue_comment', {
    action: 'created',
    issue: issue({ pull_request: { url: 'https://api.github.com/repos/octo/app/pulls/9' } }),
    comment: COMMENT,
  }),
  'comment on an issue': onDefaultBranch('issue_comment', {
    action: 'created',
    issue: issue(),
    comment: COMMENT,
  }),
  repository_dispatch: onDefaultBranch('repository_dispatch', {
    action: 'preview',
    branch: 'main',
    client_payload: { ref: 'feature' },
  }),
  check_run: onDefaultBranch('check_run', { action: 'completed', check_run: CHECK }),
  check_suite: onDefaultBranch('check_suite', {
    action: 'completed',
    check_suite: { id: 118578147, head_branch: 'feature', head_sha: SHA, pull_requests: [branchMate(7)] },
  }),
  status: onDefaultBranch('status', {
    sha: SHA,
    name: 'octo/app',
    state: 'success',
    context: 'ci/deploy',
    branches: [{ name: 'feature', commit: { sha: SHA }, protected: false }],
  }),
  delete: onDefaultBranch('delete', { ref: 'feature/a', ref_type: 'branch', pusher_type: 'user' }),
  issues: onDefaultBranch('issues', { action: 'opened', issue: issue() }),
  label: onDefaultBranch('label', { action: 'created', label: { id: 1362934389, name: 'bug' } }),
  milestone: onDefaultBranch('milestone', { action: 'created', milestone: { number: 1, title: 'v1' } }),
  discussion: onDefaultBranch('discussion', { action: 'created', discussion: { number: 90, title: 'Idea' } }),
  fork: onDefaultBranch('fork', { forkee: FORK }),
  watch: onDefaultBranch('watch', { action: 'started' }),
  gollum: onDefaultBranch('gollum', { pages: [{ page_name: 'Home', action: 'edited' }] }),
  page_build: onDefaultBranch('page_build', { id: 130514899, build: { status: 'built' } }),
  public: onDefaultBranch('public', {}),
  registry_package: onDefaultBranch('registry_package', {
    action: 'published',
    registry_package: { id: 1, name: 'app', package_type: 'CONTAINER' },
  }),
  branch_protection_rule: onDefaultBranch('branch_protection_rule', {
    action: 'created',
    rule: { id: 21796960, name: 'feature' },
  }),
} satisfies Record<string, StartedBy>

/** Which of them, in words. */
export type EventName = keyof typeof EVENTS

/** What of requests, urllib3, requests-toolbelt and the libraries of credentials a script can call, by canonical path. */
import { argument, type Args } from './args.ts'
import { newSession } from './attributes.ts'
import { puzzled, type Machine } from './machine.ts'
import { newRequest, verbCall } from './requests-calls.ts'
import { adapterFrom, awsAuth, credentials, encoderFrom, oauth1, retryFrom } from './requests-objects.ts'
import type { Span } from './syntax.ts'
import { fieldText } from './python-text.ts'
import { bytesOf, concat, plain } from './text.ts'
import { str, type SessionValue, type Value } from './values.ts'

interface Place {
  readonly machine: Machine
  readonly at: Span
}

/** Null where there is nothing of this path. */
export function requestsLibrary(path: string, args: Args, { machine, at }: Place): Value | null {
  const own = Object.hasOwn(OBJECTS, path) ? OBJECTS[path] : undefined
  if (own) return own(args, at, machine)
  const dot = path.lastIndexOf('.')
  return path.slice(0, dot) === 'requests' ? verbCall(path.slice(dot + 1), args, null, at, machine) : null
}

const OBJECTS: Readonly<Record<string, (args: Args, at: Span, machine: Machine) => Value>> = {
  'requests.Session': (_args, _at, machine) => session(machine),
  'requests_toolbelt.BaseUrlSession': (args, _at, machine) => {
    const made = session(machine)
    const base = argument(args, 0, 'base_url')
    made.base = base?.kind === 'str' ? base.text : null
    return made
  },
  'requests.Request': (args) => newRequest(args),
  'requests.PreparedRequest': (args) => ({ ...newRequest(args), isPrepared: true }),
  'requests.auth.HTTPBasicAuth': (args, at, machine) => credentials('basic', args, at, machine),
  'requests.auth.HTTPDigestAuth': (args, at, machine) => credentials('digest', args, at, machine),
  'requests.auth.HTTPProxyAuth': (args, at, machine) => credentials('basic', args, at, machine, true),
  'requests.auth._basic_auth_str': (args, at, machine) => basicHeader(args, at, machine),
  'requests.adapters.HTTPAdapter': adapterFrom,
  'urllib3.Retry': retryFrom,
  'urllib3.Retry.from_int': retryFrom,
  'requests_toolbelt.MultipartEncoder': encoderFrom,
  'requests_toolbelt.MultipartEncoderMonitor': (args, at, machine) => args.positional[0] ?? puzzled(machine, 'monitor', at),
  'requests_oauthlib.OAuth1': oauth1,
  'requests_aws4auth.AWS4Auth': awsAuth,
  'aws_requests_auth.aws_auth.AWSRequestsAuth': awsAuth,
}

function session(machine: Machine): SessionValue {
  const made = newSession()
  machine.sessions.push(made)
  return made
}

function basicHeader(args: Args, at: Span, machine: Machine): Value {
  const [username, password] = args.positional.map(fieldText)
  const text = username && password ? concat([username, [':'], password]) : null
  if (text === null) return puzzled(machine, 'credentials', at)
  const known = plain(text)
  return str(
    known === null ? ['Basic ', { kind: 'base64', of: text }] : `Basic ${Buffer.from(bytesOf(known), 'latin1').toString('base64')}`,
  )
}

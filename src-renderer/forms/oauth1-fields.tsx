/** The form of OAuth 1.0. */
import { OAUTH1_METHODS } from '#contract/model/auth-names.ts'
import type { OAuth1Auth } from '#contract/model/auth.ts'
import type { SelectOption } from '../ui/select.tsx'
import { AuthChoice, AuthFlag, AuthText } from './auth-form.tsx'
import { MoreFields } from './more-fields.tsx'

const METHODS: readonly SelectOption<OAuth1Auth['signatureMethod']>[] = OAUTH1_METHODS.map((method) => ({ value: method, label: method }))
const KEY_PLACES: readonly SelectOption<OAuth1Auth['privateKeyIn']>[] = [
  { value: 'text', label: 'Text' },
  { value: 'file', label: 'File' },
]
const PLACEMENTS: readonly SelectOption<OAuth1Auth['placement']>[] = [
  { value: 'header', label: 'Header' },
  { value: 'query', label: 'Query params' },
  { value: 'body', label: 'Form body' },
]

export function OAuth1Fields({ auth }: { readonly auth: OAuth1Auth }) {
  const isRsa = auth.signatureMethod.startsWith('RSA')
  const further = [auth.realm, auth.callbackUrl, auth.verifier, auth.nonce, auth.timestamp, auth.version]
  const set = further.filter((text) => text !== '').length + (auth.includeBodyHash ? 1 : 0)
  return (
    <>
      <AuthText name="consumerKey" label="Consumer key" value={auth.consumerKey} />
      <AuthText name="consumerSecret" label="Consumer secret" value={auth.consumerSecret} secret />
      <AuthText name="accessToken" label="Access token" value={auth.accessToken} />
      <AuthText name="accessTokenSecret" label="Token secret" value={auth.accessTokenSecret} secret />
      <AuthChoice
        name="signatureMethod"
        label="Signature method"
        value={auth.signatureMethod}
        options={METHODS}
        {...(auth.signatureMethod === 'PLAINTEXT' && { help: 'Sends the secrets themselves: only over https.' })}
      />
      {isRsa && (
        <>
          <AuthChoice name="privateKeyIn" label="Private key as" value={auth.privateKeyIn} options={KEY_PLACES} />
          <AuthText
            name="privateKey"
            label="Private key"
            value={auth.privateKey}
            secret={auth.privateKeyIn === 'text'}
            placeholder={auth.privateKeyIn === 'file' ? './key.pem' : '-----BEGIN PRIVATE KEY-----'}
            help="An RSA key in PEM form."
          />
        </>
      )}
      <AuthChoice name="placement" label="Add to" value={auth.placement} options={PLACEMENTS} />
      <MoreFields label="More parameters" summary={set === 0 ? '' : `${set} set`}>
        <AuthText name="realm" label="Realm" value={auth.realm} />
        <AuthText name="callbackUrl" label="Callback URL" value={auth.callbackUrl} placeholder="oob" />
        <AuthText name="verifier" label="Verifier" value={auth.verifier} />
        <AuthText name="nonce" label="Nonce" value={auth.nonce} placeholder="Random for each request" />
        <AuthText name="timestamp" label="Timestamp" value={auth.timestamp} placeholder="The time of sending" />
        <AuthText name="version" label="Version" value={auth.version} placeholder="1.0" />
        <AuthFlag
          name="includeBodyHash"
          label="Body hash"
          value={auth.includeBodyHash}
          help="Signs oauth_body_hash of a body that is no form."
        />
      </MoreFields>
    </>
  )
}

/** The form of OAuth 1.0. */
import { OAUTH1_METHODS } from '#contract/model/auth-names.ts'
import type { OAuth1Auth } from '#contract/model/auth.ts'
import type { SelectOption } from '../ui/select.tsx'
import { AuthChoice, AuthFlag, AuthText } from './auth-form.tsx'
import { MoreFields } from './more-fields.tsx'
import { t } from '../lib/t.ts'

const METHODS: readonly SelectOption<OAuth1Auth['signatureMethod']>[] = OAUTH1_METHODS.map((method) => ({ value: method, label: method }))
const KEY_PLACES: readonly SelectOption<OAuth1Auth['privateKeyIn']>[] = [
  { value: 'text', label: t`Text` },
  { value: 'file', label: t`File` },
]
const PLACEMENTS: readonly SelectOption<OAuth1Auth['placement']>[] = [
  { value: 'header', label: t`Header` },
  { value: 'query', label: t`Query params` },
  { value: 'body', label: t`Form body` },
]

export function OAuth1Fields({ auth }: { readonly auth: OAuth1Auth }) {
  const isRsa = auth.signatureMethod.startsWith('RSA')
  const further = [auth.realm, auth.callbackUrl, auth.verifier, auth.nonce, auth.timestamp, auth.version]
  const set = further.filter((text) => text !== '').length + (auth.includeBodyHash ? 1 : 0)
  return (
    <>
      <AuthText name="consumerKey" label={t`Consumer key`} value={auth.consumerKey} />
      <AuthText name="consumerSecret" label={t`Consumer secret`} value={auth.consumerSecret} secret />
      <AuthText name="accessToken" label={t`Access token`} value={auth.accessToken} />
      <AuthText name="accessTokenSecret" label={t`Token secret`} value={auth.accessTokenSecret} secret />
      <AuthChoice
        name="signatureMethod"
        label={t`Signature method`}
        value={auth.signatureMethod}
        options={METHODS}
        {...(auth.signatureMethod === 'PLAINTEXT' && { help: t`Sends the secrets themselves: only over https.` })}
      />
      {isRsa && (
        <>
          <AuthChoice name="privateKeyIn" label={t`Private key as`} value={auth.privateKeyIn} options={KEY_PLACES} />
          <AuthText
            name="privateKey"
            label={t`Private key`}
            value={auth.privateKey}
            secret={auth.privateKeyIn === 'text'}
            placeholder={auth.privateKeyIn === 'file' ? './key.pem' : '-----BEGIN PRIVATE KEY-----'}
            help={t`An RSA key in PEM form.`}
          />
        </>
      )}
      <AuthChoice name="placement" label={t`Add to`} value={auth.placement} options={PLACEMENTS} />
      <MoreFields label={t`More parameters`} summary={set === 0 ? '' : t`${set} set`}>
        <AuthText name="realm" label={t`Realm`} value={auth.realm} />
        <AuthText name="callbackUrl" label={t`Callback URL`} value={auth.callbackUrl} placeholder={t`oob`} />
        <AuthText name="verifier" label={t`Verifier`} value={auth.verifier} />
        <AuthText name="nonce" label={t`Nonce`} value={auth.nonce} placeholder={t`Random for each request`} />
        <AuthText name="timestamp" label={t`Timestamp`} value={auth.timestamp} placeholder={t`The time of sending`} />
        <AuthText name="version" label={t`Version`} value={auth.version} placeholder="1.0" />
        <AuthFlag
          name="includeBodyHash"
          label={t`Body hash`}
          value={auth.includeBodyHash}
          help={t`Signs oauth_body_hash of a body that is no form.`}
        />
      </MoreFields>
    </>
  )
}

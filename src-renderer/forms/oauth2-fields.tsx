/** The form of OAuth 2.0: the flow and what it needs first, the token it leads to, and what few need folded away. */
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { SelectOption } from '../ui/select.tsx'
import { useAuthForm } from './auth-form-context.ts'
import { AuthField } from './auth-field.tsx'
import { AuthChoice, AuthFlag, AuthText } from './auth-form.tsx'
import { MoreFields } from './more-fields.tsx'
import { paramValue, withParamValue } from './oauth2-params.ts'
import { OAuth2ParamsTable } from './oauth2-params-table.tsx'
import { t } from '../lib/t.ts'

const FLOWS: readonly SelectOption<OAuth2Auth['flow']>[] = [
  { value: 'client_credentials', label: t`Client credentials` },
  { value: 'password', label: t`Password` },
  { value: 'authorization_code', label: t`Authorization code` },
]
const CLIENT_PLACES: readonly SelectOption<OAuth2Auth['clientAuth']>[] = [
  { value: 'basic', label: t`Basic header` },
  { value: 'body', label: t`Form body` },
]

interface OAuth2Props {
  readonly auth: OAuth2Auth
}

export function OAuth2Fields({ auth }: OAuth2Props) {
  const text = (
    name: keyof OAuth2Auth,
    label: string,
    value: string,
    extra: { secret?: boolean; placeholder?: string; help?: string } = {},
  ) => <AuthText name={name} label={label} value={value} {...extra} />
  return (
    <>
      <AuthChoice name="flow" label={t`Flow`} value={auth.flow} options={FLOWS} />
      {auth.flow === 'authorization_code' &&
        text('authorizationUrl', t`Authorization URL`, auth.authorizationUrl, { placeholder: 'https://…/authorize' })}
      {text('accessTokenUrl', t`Access token URL`, auth.accessTokenUrl, { placeholder: 'https://…/token' })}
      {text('clientId', t`Client ID`, auth.clientId)}
      {text('clientSecret', t`Client secret`, auth.clientSecret, {
        secret: true,
        ...(auth.flow === 'authorization_code' && { help: t`Empty for a public client.` }),
      })}
      {auth.flow === 'password' && (
        <>
          {text('username', t`Username`, auth.username)}
          {text('password', t`Password`, auth.password, { secret: true })}
        </>
      )}
      {text('scope', t`Scope`, auth.scope, { placeholder: t`read write` })}
      {useAuthForm().token}
      <SignInFields auth={auth} />
      <RequestFields auth={auth} />
      <UseFields auth={auth} />
    </>
  )
}

function SignInFields({ auth }: OAuth2Props) {
  if (auth.flow !== 'authorization_code') return null
  const set = [auth.callbackUrl !== '', auth.state !== '', !auth.pkce, auth.authorizationParams.length > 0].filter(Boolean).length
  return (
    <MoreFields label={t`Signing in`} summary={set === 0 ? '' : t`${set} changed`}>
      <AuthText
        name="callbackUrl"
        label={t`Callback URL`}
        value={auth.callbackUrl}
        placeholder={t`http://127.0.0.1, a free port, /callback`}
        help={t`Where the browser comes back to; of this machine, and registered with the server.`}
      />
      <AuthFlag name="pkce" label={t`PKCE`} value={auth.pkce} help={t`Proves by S256 that whoever brings the code also asked for it.`} />
      <AuthText name="state" label={t`State`} value={auth.state} placeholder={t`Random for each sign-in`} />
      <OAuth2ParamsTable field="authorizationParams" label={t`Sign-in parameters`} params={auth.authorizationParams} />
    </MoreFields>
  )
}

function RequestFields({ auth }: OAuth2Props) {
  const set =
    [auth.clientAuth !== 'basic', auth.refreshTokenUrl !== '', auth.tokenId !== ''].filter(Boolean).length +
    auth.tokenParams.length +
    auth.refreshParams.length
  return (
    <MoreFields label={t`Token request`} summary={set === 0 ? '' : t`${set} set`}>
      <AuthChoice name="clientAuth" label={t`Client sent in`} value={auth.clientAuth} options={CLIENT_PLACES} />
      <NamedParam auth={auth} name="audience" label={t`Audience`} />
      <NamedParam auth={auth} name="resource" label={t`Resource`} />
      <OAuth2ParamsTable field="tokenParams" label={t`Token parameters`} params={auth.tokenParams} />
      <AuthText name="refreshTokenUrl" label={t`Refresh URL`} value={auth.refreshTokenUrl} placeholder={t`The access token URL`} />
      <OAuth2ParamsTable field="refreshParams" label={t`Refresh parameters`} params={auth.refreshParams} />
      <AuthText
        name="tokenId"
        label={t`Token name`}
        value={auth.tokenId}
        help={t`Requests with the same settings share a token; another name asks for another one.`}
      />
    </MoreFields>
  )
}

/** A parameter that is asked for so often that it has a field of its own. */
function NamedParam({ auth, name, label }: OAuth2Props & { readonly name: string; readonly label: string }) {
  const { edit } = useAuthForm()
  const onChange = (value: string): void =>
    edit(name, (before) => (before.kind === 'oauth2' ? withParamValue(before, name, value) : before))
  return <AuthField name={name} label={label} value={paramValue(auth, name)} onChange={onChange} problem={undefined} />
}

const TOKEN_PLACES: readonly SelectOption<OAuth2Auth['tokenPlacement']>[] = [
  { value: 'header', label: t`Header` },
  { value: 'query', label: t`Query params` },
]
const TOKEN_SOURCES: readonly SelectOption<OAuth2Auth['tokenSource']>[] = [
  { value: 'access_token', label: t`Access token` },
  { value: 'id_token', label: t`ID token` },
]

function UseFields({ auth }: OAuth2Props) {
  const isQuery = auth.tokenPlacement === 'query'
  const set = [isQuery, !isQuery && auth.tokenPrefix !== 'Bearer', auth.tokenSource !== 'access_token', !auth.autoFetch, !auth.autoRefresh]
  const count = set.filter(Boolean).length
  return (
    <MoreFields label={t`Using the token`} summary={count === 0 ? '' : t`${count} changed`}>
      <AuthChoice name="tokenPlacement" label={t`Add to`} value={auth.tokenPlacement} options={TOKEN_PLACES} />
      {isQuery ? (
        <AuthText name="tokenQueryName" label={t`Parameter name`} value={auth.tokenQueryName} />
      ) : (
        <AuthText name="tokenPrefix" label={t`Prefix`} value={auth.tokenPrefix} />
      )}
      <AuthChoice name="tokenSource" label={t`Token to send`} value={auth.tokenSource} options={TOKEN_SOURCES} />
      <AuthFlag name="autoFetch" label={t`Get on Send`} value={auth.autoFetch} help={t`Send gets a token where there is none.`} />
      <AuthFlag
        name="autoRefresh"
        label={t`Refresh on Send`}
        value={auth.autoRefresh}
        help={t`Send refreshes a token that has less than half a minute left.`}
      />
    </MoreFields>
  )
}

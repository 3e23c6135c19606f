/** The form of OAuth 2.0: the flow and what it needs first, the token it leads to, and what few need folded away. */
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { SelectOption } from '../ui/select.tsx'
import { useAuthForm } from './auth-form-context.ts'
import { AuthField } from './auth-field.tsx'
import { AuthChoice, AuthFlag, AuthText } from './auth-form.tsx'
import { MoreFields } from './more-fields.tsx'
import { paramValue, withParamValue } from './oauth2-params.ts'
import { OAuth2ParamsTable } from './oauth2-params-table.tsx'

const FLOWS: readonly SelectOption<OAuth2Auth['flow']>[] = [
  { value: 'client_credentials', label: 'Client credentials' },
  { value: 'password', label: 'Password' },
  { value: 'authorization_code', label: 'Authorization code' },
]
const CLIENT_PLACES: readonly SelectOption<OAuth2Auth['clientAuth']>[] = [
  { value: 'basic', label: 'Basic header' },
  { value: 'body', label: 'Form body' },
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
      <AuthChoice name="flow" label="Flow" value={auth.flow} options={FLOWS} />
      {auth.flow === 'authorization_code' &&
        text('authorizationUrl', 'Authorization URL', auth.authorizationUrl, { placeholder: 'https://…/authorize' })}
      {text('accessTokenUrl', 'Access token URL', auth.accessTokenUrl, { placeholder: 'https://…/token' })}
      {text('clientId', 'Client ID', auth.clientId)}
      {text('clientSecret', 'Client secret', auth.clientSecret, {
        secret: true,
        ...(auth.flow === 'authorization_code' && { help: 'Empty for a public client.' }),
      })}
      {auth.flow === 'password' && (
        <>
          {text('username', 'Username', auth.username)}
          {text('password', 'Password', auth.password, { secret: true })}
        </>
      )}
      {text('scope', 'Scope', auth.scope, { placeholder: 'read write' })}
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
    <MoreFields label="Signing in" summary={set === 0 ? '' : `${set} changed`}>
      <AuthText
        name="callbackUrl"
        label="Callback URL"
        value={auth.callbackUrl}
        placeholder="http://127.0.0.1, a free port, /callback"
        help="Where the browser comes back to; of this machine, and registered with the server."
      />
      <AuthFlag name="pkce" label="PKCE" value={auth.pkce} help="Proves by S256 that whoever brings the code also asked for it." />
      <AuthText name="state" label="State" value={auth.state} placeholder="Random for each sign-in" />
      <OAuth2ParamsTable field="authorizationParams" label="Sign-in parameters" params={auth.authorizationParams} />
    </MoreFields>
  )
}

function RequestFields({ auth }: OAuth2Props) {
  const set =
    [auth.clientAuth !== 'basic', auth.refreshTokenUrl !== '', auth.tokenId !== ''].filter(Boolean).length +
    auth.tokenParams.length +
    auth.refreshParams.length
  return (
    <MoreFields label="Token request" summary={set === 0 ? '' : `${set} set`}>
      <AuthChoice name="clientAuth" label="Client sent in" value={auth.clientAuth} options={CLIENT_PLACES} />
      <NamedParam auth={auth} name="audience" label="Audience" />
      <NamedParam auth={auth} name="resource" label="Resource" />
      <OAuth2ParamsTable field="tokenParams" label="Token parameters" params={auth.tokenParams} />
      <AuthText name="refreshTokenUrl" label="Refresh URL" value={auth.refreshTokenUrl} placeholder="The access token URL" />
      <OAuth2ParamsTable field="refreshParams" label="Refresh parameters" params={auth.refreshParams} />
      <AuthText
        name="tokenId"
        label="Token name"
        value={auth.tokenId}
        help="Requests with the same settings share a token; another name asks for another one."
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
  { value: 'header', label: 'Header' },
  { value: 'query', label: 'Query params' },
]
const TOKEN_SOURCES: readonly SelectOption<OAuth2Auth['tokenSource']>[] = [
  { value: 'access_token', label: 'Access token' },
  { value: 'id_token', label: 'ID token' },
]

function UseFields({ auth }: OAuth2Props) {
  const isQuery = auth.tokenPlacement === 'query'
  const set = [isQuery, !isQuery && auth.tokenPrefix !== 'Bearer', auth.tokenSource !== 'access_token', !auth.autoFetch, !auth.autoRefresh]
  const count = set.filter(Boolean).length
  return (
    <MoreFields label="Using the token" summary={count === 0 ? '' : `${count} changed`}>
      <AuthChoice name="tokenPlacement" label="Add to" value={auth.tokenPlacement} options={TOKEN_PLACES} />
      {isQuery ? (
        <AuthText name="tokenQueryName" label="Parameter name" value={auth.tokenQueryName} />
      ) : (
        <AuthText name="tokenPrefix" label="Prefix" value={auth.tokenPrefix} />
      )}
      <AuthChoice name="tokenSource" label="Token to send" value={auth.tokenSource} options={TOKEN_SOURCES} />
      <AuthFlag name="autoFetch" label="Get on Send" value={auth.autoFetch} help="Send gets a token where there is none." />
      <AuthFlag
        name="autoRefresh"
        label="Refresh on Send"
        value={auth.autoRefresh}
        help="Send refreshes a token that has less than half a minute left."
      />
    </MoreFields>
  )
}

/** The form of each kind of credentials. */
import { assertNever } from '#contract/result.ts'
import type { AwsAuth, BasicCharset } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { useAuthForm } from './auth-form-context.ts'
import { AuthChoice, AuthText } from './auth-form.tsx'
import { withoutBearer } from './bearer-token.ts'
import { OAuth1Fields } from './oauth1-fields.tsx'
import { OAuth2Fields } from './oauth2-fields.tsx'
import controls from '../ui/controls/controls.module.css'
import { rich, t } from '../lib/t.ts'

interface FieldsProps<A> {
  readonly auth: A
}
type Of<K extends Auth['kind']> = Extract<Auth, { kind: K }>

export function AuthFields() {
  const { auth, words } = useAuthForm()
  switch (auth.kind) {
    case 'none':
      return <p className={controls.plainHelp}>{words.none}</p>
    case 'inherit':
      return <p className={controls.plainHelp}>{words.inherit}</p>
    case 'basic':
      return <BasicFields auth={auth} />
    case 'digest':
      return <DigestFields auth={auth} />
    case 'bearer':
      return <BearerFields auth={auth} />
    case 'apikey':
      return <ApiKeyFields auth={auth} />
    case 'header':
      return <HeaderFields auth={auth} />
    case 'oauth2':
      return <OAuth2Fields auth={auth} />
    case 'oauth1':
      return <OAuth1Fields auth={auth} />
    case 'awsv4':
      return <AwsFields auth={auth} />
    case 'unsupported':
      return (
        <p
          className={controls.plainHelp}
        >{rich`The file says ${(<code>{auth.type}</code>)}. It is kept in the file as it is, but cannot be sent${auth.type === 'ntlm' ? t`: NTLM signs in a connection, not a request, and rests on ciphers that are broken` : t` yet`}; choose another type to send now.`}</p>
      )
    default:
      return assertNever(auth)
  }
}

const CHARSETS: readonly SelectOption<'' | BasicCharset>[] = [
  { value: '', label: t`As the behaviour has it` },
  { value: 'utf-8', label: t`UTF-8` },
  { value: 'latin-1', label: t`Latin-1` },
]

function BasicFields({ auth }: FieldsProps<Of<'basic'>>) {
  const isPlain = /^[\0-\x7f]*$/.test(auth.username + auth.password) && auth.charset === undefined
  return (
    <>
      <AuthText name="username" label={t`Username`} value={auth.username} />
      <AuthText
        name="password"
        label={t`Password`}
        value={auth.password}
        secret
        help={t`Sent as Authorization: Basic. auth=(username, password) in requests.`}
      />
      {!isPlain && <Charset charset={auth.charset} />}
    </>
  )
}

/** Only worth a question where the two would differ. */
function Charset({ charset }: { readonly charset: BasicCharset | undefined }) {
  const { edit } = useAuthForm()
  const choose = (next: '' | BasicCharset): void =>
    edit('charset', (auth) => {
      if (auth.kind !== 'basic') return auth
      const { charset: _old, ...basic } = auth
      return next === '' ? basic : { ...basic, charset: next }
    })
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>{t`Text encoding`}</span>
      <div className={controls.optionBody}>
        <Select label={t`Text encoding`} value={charset ?? ''} options={CHARSETS} onChange={choose} />
        <p className={controls.optionHelp}>{t`UTF-8 unless you behave like requests, which uses Latin-1.`}</p>
      </div>
    </div>
  )
}

function DigestFields({ auth }: FieldsProps<Of<'digest'>>) {
  return (
    <>
      <AuthText name="username" label={t`Username`} value={auth.username} />
      <AuthText
        name="password"
        label={t`Password`}
        value={auth.password}
        secret
        help={t`Sent once the server has asked: its 401 and the answer are two hops. Later requests go out with it at once. HTTPDigestAuth in requests.`}
      />
    </>
  )
}

function BearerFields({ auth }: FieldsProps<Of<'bearer'>>) {
  const bare = withoutBearer(auth.token)
  const { edit } = useAuthForm()
  const remove = (token: string): void => edit('token.prefix', () => ({ kind: 'bearer', token }))
  return (
    <>
      <AuthText name="token" label={t`Token`} value={auth.token} secret help={t`Sent as Authorization: Bearer, followed by the token.`} />
      {/* A token that was copied with the word before it would be sent with the word twice. */}
      {bare !== null && (
        <ProblemNote
          tone="warning"
          message={t`The token begins with “Bearer”, which is put before it anyway: it would be sent twice.`}
          action={<Button onClick={() => remove(bare)}>{t`Remove the prefix`}</Button>}
        />
      )}
    </>
  )
}

const PLACEMENTS: readonly SelectOption<'header' | 'query'>[] = [
  { value: 'header', label: t`Header` },
  { value: 'query', label: t`Query params` },
]

function ApiKeyFields({ auth }: FieldsProps<Of<'apikey'>>) {
  return (
    <>
      <AuthText name="key" label={t`Key`} value={auth.key} placeholder={t`X-API-Key`} />
      <AuthText name="value" label={t`Value`} value={auth.value} secret />
      <AuthChoice name="placement" label={t`Add to`} value={auth.placement} options={PLACEMENTS} />
    </>
  )
}

function HeaderFields({ auth }: FieldsProps<Of<'header'>>) {
  return (
    <>
      <AuthText name="name" label={t`Header name`} value={auth.name} placeholder={t`Authorization`} />
      <AuthText
        name="prefix"
        label={t`Prefix`}
        value={auth.prefix}
        placeholder={t`Token `}
        help={t`Put before the value as it is, with its space.`}
      />
      <AuthText
        name="value"
        label={t`Value`}
        value={auth.value}
        secret
        help={t`What a custom AuthBase does in requests: one header of your own.`}
      />
    </>
  )
}

function AwsFields({ auth }: FieldsProps<AwsAuth>) {
  return (
    <>
      <AuthText name="accessKeyId" label={t`Access key`} value={auth.accessKeyId} placeholder={t`AKIA…`} />
      <AuthText name="secretAccessKey" label={t`Secret key`} value={auth.secretAccessKey} secret />
      <AuthText name="sessionToken" label={t`Session token`} value={auth.sessionToken} secret help={t`Only for temporary credentials.`} />
      <AuthText name="region" label={t`Region`} value={auth.region} placeholder={t`From the host, else us-east-1`} />
      <AuthText
        name="service"
        label={t`Service`}
        value={auth.service}
        placeholder={t`From the host`}
        help={t`Such as execute-api or s3. Signature Version 4 over the request as it is sent; it holds for a few minutes.`}
      />
    </>
  )
}

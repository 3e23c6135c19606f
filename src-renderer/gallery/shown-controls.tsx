/** Buttons, menus, dialogs and fields: at rest, pressed, switched off, wrong, secret. */
import Copy from 'lucide-react/icons/copy'
import Pencil from 'lucide-react/icons/pencil'
import Save from 'lucide-react/icons/save'
import Trash from 'lucide-react/icons/trash-2'
import WrapText from 'lucide-react/icons/text-wrap'
import { useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { CheckBox, Switch } from '../ui/controls/check-box.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ContextMenu, Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu-item.ts'
import { SearchField } from '../ui/search-field.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { Specimen, Specimens } from './specimen.tsx'

const ITEMS: readonly MenuItem[] = [
  { label: 'Rename', icon: <Pencil />, shortcut: 'F2', onSelect: nothing },
  { label: 'Duplicate', icon: <Copy />, shortcut: 'Ctrl+D', onSelect: nothing },
  { label: 'Not now', disabled: true, onSelect: nothing },
  { label: 'Delete', icon: <Trash />, shortcut: 'Delete', danger: true, separatorBefore: true, onSelect: nothing },
]
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const BODIES: readonly SelectOption<string>[] = [
  { value: 'json', label: 'JSON', group: 'Text' },
  { value: 'xml', label: 'XML', group: 'Text' },
  { value: 'form', label: 'Form', group: 'Fields' },
  { value: 'none', label: 'Not here', disabled: true },
]

export function ShownButtons() {
  const [wraps, setWraps] = useState(true)
  const [isOpen, setOpen] = useState(false)
  return (
    <Specimens>
      <Specimen name="Primary, plain, ghost, danger">
        <Button variant="primary">Send</Button>
        <Button icon={<Save />}>Save</Button>
        <Button variant="ghost">Discard changes</Button>
        <Button variant="danger">Delete</Button>
      </Specimen>
      <Specimen name="Switched off">
        <Button variant="primary" disabled>
          Send
        </Button>
        <Button disabled>Save</Button>
        <Button variant="ghost" disabled>
          Discard changes
        </Button>
        <Button variant="danger" disabled>
          Delete
        </Button>
      </Specimen>
      <Specimen name="Icons, with a tooltip; a toggle; copy">
        <IconButton label="Edit" shortcut="F2" icon={<Pencil />} />
        <IconButton label="Wrap lines" icon={<WrapText />} pressed={wraps} onClick={() => setWraps(!wraps)} />
        <IconButton label="Delete" icon={<Trash />} disabled />
        <CopyButton label="Copy the method" text={() => 'POST'} />
      </Specimen>
      <Specimen name="Menu, menu of a right click">
        <Menu trigger={<Button>Menu</Button>} items={ITEMS} />
        <ContextMenu items={ITEMS}>
          <Button variant="ghost">Right click</Button>
        </ContextMenu>
      </Specimen>
      <Specimen name="Dialog">
        <Button onClick={() => setOpen(true)}>Open a dialog</Button>
        {isOpen && (
          <Dialog
            open
            title="Save request"
            onClose={() => setOpen(false)}
            actions={
              <>
                <Button onClick={() => setOpen(false)}>Cancel</Button>
                <Button variant="primary" onClick={() => setOpen(false)}>
                  Save
                </Button>
              </>
            }
          >
            <ShownText label="Name" value="Create user" />
          </Dialog>
        )}
      </Specimen>
    </Specimens>
  )
}

export function ShownFields() {
  const [method, setMethod] = useState('POST')
  const [body, setBody] = useState('json')
  const [search, setSearch] = useState('users')
  const [isOn, setOn] = useState(true)
  return (
    <Specimens>
      <Specimen name="Text, empty, wrong, switched off">
        <ShownText label="Filled" value="https://api.example.com" />
        <ShownText label="Empty" value="" placeholder="What goes here" />
        <ShownText label="Wrong" value="ten" invalid />
        <ShownText label="Switched off" value="fixed" disabled />
      </Specimen>
      <Specimen name="Secret, code">
        <ShownText label="Password" value="hunter2" secret />
        <ShownText label="Expression" value="res.body.items[0].id" code />
      </Specimen>
      <Specimen name="Choice, wrong, switched off">
        <Select label="Body type" value={body} options={BODIES} onChange={setBody} />
        <Select label="Wrong body type" value={body} options={BODIES} onChange={setBody} invalid />
        <Select label="Fixed body type" value={body} options={BODIES} onChange={setBody} disabled />
      </Specimen>
      <Specimen name="Choice or any text, search">
        <Combobox label="Method" value={method} options={METHODS} onChange={setMethod} transform={(text) => text.toUpperCase()} />
        <SearchField label="Filter" placeholder="Filter" clearLabel="Clear the filter" value={search} onChange={setSearch} />
      </Specimen>
      <Specimen name="Check boxes">
        <CheckBox label="On" checked={isOn} onChange={setOn} />
        <CheckBox label="Off" checked={!isOn} onChange={(next) => setOn(!next)} />
        <CheckBox label="Not now" checked disabled onChange={nothing} />
      </Specimen>
      <Specimen name="Switches" wide>
        <Switch label="Follow redirects" help="Goes where the answer points." checked={isOn} onChange={setOn} />
        <Switch label="From elsewhere" help="What it shows is not set here." checked={!isOn} isUnset onChange={(next) => setOn(!next)} />
      </Specimen>
    </Specimens>
  )
}

interface ShownTextProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly invalid?: boolean
  readonly disabled?: boolean
  readonly secret?: boolean
  readonly code?: boolean
}

function ShownText({ value, ...rest }: ShownTextProps) {
  const [text, setText] = useState(value)
  return <TextInput {...rest} value={text} onChange={setText} />
}

function nothing(): void {
  // What is shown here does nothing.
}

import { render } from 'preact'
import * as z from 'zod'
import { pageThemeCss } from '../src/figures/theme.js'
import { missingAbility } from './abilities.js'
import { followAddress } from './link-sync.js'
import { Page } from './page.js'
import { version } from './ui/provenance.js'

// The page forbids code made of text, which zod would try first.
z.config({ jitless: true })

const themeStyle = document.createElement('style')
themeStyle.textContent = pageThemeCss
document.head.append(themeStyle)

const root = document.getElementById('lab')!
root.replaceChildren()
const missing = missingAbility()
render(<Page version={version} missing={missing} />, root)
if (missing === undefined) followAddress()

// Where there can be no service worker, the page works as long as it is open.
navigator.serviceWorker?.register('./offline.js').catch(() => {})

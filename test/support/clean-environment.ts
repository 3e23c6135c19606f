/** Proxies of whoever runs the tests are no part of them: their servers are on this machine. Imported for its effect. */
for (const name of Object.keys(process.env)) if (/^(?:https?|all|no)_proxy$/i.test(name)) delete process.env[name]

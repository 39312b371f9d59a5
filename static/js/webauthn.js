// Passkeys and security keys: a form[data-passkey] asks the device before it is sent.
//
// data-passkey="create" adds a key and "get" confirms with one; their options are in the JSON block
// named by data-options. "login" fetches its options from the form's own address. The credential
// goes into the field `credential`; what went wrong is told in [data-passkey-error].

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withId = (key) => ({ ...key, id: toBytes(key.id) });

function readOptions({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = withId(options.user);
  options.allowCredentials &&= options.allowCredentials.map(withId);
  options.excludeCredentials &&= options.excludeCredentials.map(withId);
  return options;
}

function writeCredential(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const present = parts.filter((part) => response[part]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(present.map((part) => [part, toText(response[part])])),
      ...(response.getTransports && { transports: response.getTransports() }),
    },
  });
}

async function optionsOf(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

async function askDevice(form) {
  const { creation_options: creation, request_options: request } = await optionsOf(form);
  if (!creation) return navigator.credentials.get({ publicKey: readOptions(request) });
  const publicKey = readOptions(creation);
  const { passwordless } = form.elements;
  if (passwordless) {
    Object.assign(publicKey.authenticatorSelection, {
      residentKey: passwordless.checked ? "required" : "discouraged",
      requireResidentKey: passwordless.checked,
      ...(passwordless.checked && { userVerification: "required" }),
    });
  }
  return navigator.credentials.create({ publicKey });
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-error]");
  problem.hidden = true;
  try {
    form.elements.credential.value = writeCredential(await askDevice(form));
    form.submit();
  } catch (error) {
    console.warn(error);
    problem.hidden = false;
    problem.focus();
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-passkey]")) return;
  event.preventDefault();
  ask(event.target);
});

if (!window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey-only]").forEach((part) => { part.hidden = true; });
}

//! **A headless Chromium with its driver, and the few things that the suite does with it.**

use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

pub(crate) type Failed = Box<dyn std::error::Error + Send + Sync>;

/// How long the page is given for what it does after a click.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser, with a directory for what it writes.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    driver: Arc<Mutex<Child>>,
    _profile: Arc<TempDir>,
}

fn found(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| places.iter().map(move |place| place.join(name))).find(|file| file.is_file())
}

/// Why there is no browser; nothing, where one is required.
fn none(why: &str) {
    assert!(std::env::var_os("MAILCOVER_REQUIRE_BROWSER").is_none(), "a browser is required: {why}");
    println!("skipped: {why}");
}

impl Browser {
    /// Starts a browser; `None` where the machine has none.
    pub(crate) async fn start(width: u32, height: u32) -> Option<Self> {
        let (Some(driver), Some(browser)) = (found(&["chromedriver"]), found(&["chromium", "google-chrome"]))
        else {
            none(
                "there is no chromedriver, or no chromium; Debian's packages are chromium and chromium-driver",
            );
            return None;
        };
        let mut child = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let lines = BufReader::new(child.stdout.take().expect("it has a stdout")).lines();
        let (tell, told) = std::sync::mpsc::channel();
        // Read to the end, so that the driver never waits for a reader.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some((_, port)) =
                    line.rsplit_once("on port ").filter(|_| line.contains("successfully"))
                {
                    let _ = tell.send(port.trim_end_matches('.').to_owned());
                }
            }
        });
        let port = told.recv_timeout(PATIENCE).expect("chromedriver says its port");
        let profile = tempfile::tempdir().expect("there is room for a profile");
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".to_owned(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let wanted = json!({
            "goog:chromeOptions": { "args": arguments, "binary": browser },
            "goog:loggingPrefs": { "browser": "SEVERE" },
        });
        let wanted = wanted.as_object().cloned().expect("an object");
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        let client = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{port}")).await;
        let client = client.unwrap_or_else(|error| {
            let _ = child.kill();
            panic!("no session: {error}");
        });
        let page = Self { client, driver: Arc::new(Mutex::new(child)), _profile: Arc::new(profile) };
        let narrow = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        page.devtools("Emulation.setDeviceMetricsOverride", narrow).await.expect("the size is taken");
        Some(page)
    }

    /// Ends the browser.
    pub(crate) async fn stop(self) {
        let _ = self.client.clone().close().await;
        if let Ok(mut driver) = self.driver.lock() {
            let _ = driver.kill();
            let _ = driver.wait();
        }
    }

    pub(crate) async fn goto(&self, address: &str) -> Result<(), Failed> {
        Ok(self.client.goto(address).await?)
    }

    /// The address, as the page itself has made it.
    pub(crate) async fn address(&self) -> Result<String, Failed> {
        Ok(self.client.current_url().await?.to_string())
    }

    pub(crate) async fn wait(&self, css: &str) -> Result<(), Failed> {
        self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await?;
        Ok(())
    }

    /// Waits until the expression is true.
    pub(crate) async fn until(&self, expression: &str) -> Result<(), Failed> {
        let begun = std::time::Instant::now();
        while self.run(&format!("return {expression}")).await? != json!(true) {
            if begun.elapsed() > PATIENCE {
                return Err(format!("it never becomes so that {expression}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    pub(crate) async fn text(&self, css: &str) -> Result<String, Failed> {
        Ok(self.client.find(Locator::Css(css)).await?.text().await?)
    }

    pub(crate) async fn attribute(&self, css: &str, name: &str) -> Result<String, Failed> {
        let value = self.client.find(Locator::Css(css)).await?.attr(name).await?;
        Ok(value.unwrap_or_default())
    }

    pub(crate) async fn all(&self, css: &str) -> Result<Vec<fantoccini::elements::Element>, Failed> {
        Ok(self.client.find_all(Locator::Css(css)).await?)
    }

    pub(crate) async fn click(&self, css: &str) -> Result<(), Failed> {
        self.wait(css).await?;
        Ok(self.client.find(Locator::Css(css)).await?.click().await?)
    }

    /// Types a text, or presses a key by its name.
    pub(crate) async fn keys(&self, css: &str, keys: &str) -> Result<(), Failed> {
        let named = match keys {
            "ArrowDown" => Some(Key::Down),
            "ArrowUp" => Some(Key::Up),
            "ArrowLeft" => Some(Key::Left),
            "Home" => Some(Key::Home),
            "End" => Some(Key::End),
            _ => None,
        };
        let typed = named.map_or_else(|| keys.to_owned(), |key| char::from(key).to_string());
        Ok(self.client.find(Locator::Css(css)).await?.send_keys(&typed).await?)
    }

    pub(crate) async fn run(&self, script: &str) -> Result<Value, Failed> {
        let whole = format!(
            "const done = arguments[0]; (async () => {{ {script} }})().then(done, e => done(String(e)))"
        );
        Ok(self.client.execute_async(&whole, Vec::new()).await?)
    }

    /// The table of what an observer holds, cell by cell, without the marks of what is new.
    pub(crate) async fn table(&self, observer: &str) -> Result<Vec<Vec<String>>, Failed> {
        let script = format!(
            "return [...document.querySelectorAll('table[data-holder=\"{observer}\"] tbody tr:not(.gone)')]\
             .map(row => [...row.cells].slice(0, -1).map(cell => cell.textContent))"
        );
        Ok(serde_json::from_value(self.run(&script).await?)?)
    }

    /// Scrolls a box from its beginning, half of its height with each frame, and says how long each of the first 300 took, in
    /// milliseconds.
    pub(crate) async fn scrolled(&self, css: &str) -> Result<Vec<f64>, Failed> {
        let script = format!(
            "const box = document.querySelector('{css}'), took = []; box.scrollTop = 0; \
             const frame = () => new Promise(requestAnimationFrame); let before = await frame(); \
             while (took.length < 300 && box.scrollTop + box.clientHeight < box.scrollHeight - 1) {{ \
             box.scrollTop += box.clientHeight / 2; const now = await frame(); took.push(now - before); before = now; }} \
             return took"
        );
        Ok(serde_json::from_value(self.run(&script).await?)?)
    }

    /// What the browser complained about.
    pub(crate) async fn errors(&self) -> Result<Vec<String>, Failed> {
        let log = self.command("se/log", json!({ "type": "browser" })).await?;
        let lines = log.as_array().into_iter().flatten();
        Ok(lines.filter_map(|line| line["message"].as_str().map(str::to_owned)).collect())
    }

    /// Light or dark.
    pub(crate) async fn scheme(&self, dark: bool) -> Result<(), Failed> {
        let value = if dark { "dark" } else { "light" };
        let feature = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": feature })).await.map(drop)
    }

    /// Keeps a picture of the whole page, where somebody wants one.
    pub(crate) async fn picture(&self, name: &str) -> Result<(), Failed> {
        let Some(directory) = std::env::var_os("MAILCOVER_SCREENSHOTS") else { return Ok(()) };
        let shot = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await?;
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let bytes = decoded(shot["data"].as_str().unwrap_or_default());
        Ok(std::fs::write(Path::new(&directory).join(format!("{name}.png")), bytes)?)
    }

    pub(crate) async fn pdf(&self) -> Result<Vec<u8>, Failed> {
        let pdf = self.devtools("Page.printToPDF", json!({ "printBackground": true })).await?;
        let bytes = decoded(pdf["data"].as_str().unwrap_or_default());
        if let Some(directory) = std::env::var_os("MAILCOVER_SCREENSHOTS") {
            std::fs::write(Path::new(&directory).join("page.pdf"), &bytes)?;
        }
        Ok(bytes)
    }

    /// What axe finds wrong with the page as it is; nothing where there is no axe.
    pub(crate) async fn axe(&self) -> Result<Vec<String>, Failed> {
        let Some(file) = std::env::var_os("MAILCOVER_AXE") else {
            none("MAILCOVER_AXE does not name axe-core's axe.min.js");
            return Ok(Vec::new());
        };
        let axe = std::fs::read_to_string(file)?;
        // The policy of the page lets no other script in; the debugger's are not asked.
        self.devtools("Runtime.evaluate", json!({ "expression": axe })).await?;
        let check = "axe.run({ resultTypes: ['violations'] }).then(found => JSON.stringify(found.violations.map(\
                     one => one.id + ': ' + one.help + ' ' + one.nodes.map(node => node.html.slice(0, 160) + ' ' + \
                     (node.failureSummary || '')).join(' | '))))";
        let asked = json!({ "expression": check, "awaitPromise": true, "returnByValue": true });
        let found = self.devtools("Runtime.evaluate", asked).await?;
        let text = found["result"]["value"].as_str().ok_or_else(|| format!("axe did not answer: {found}"))?;
        Ok(serde_json::from_str(text)?)
    }

    async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, Failed> {
        self.command("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    async fn command(&self, path: &'static str, body: Value) -> Result<Value, Failed> {
        Ok(self.client.issue_cmd(Extension { path, body }).await?)
    }
}

/// A command of chromedriver's own.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap_or_default()
}

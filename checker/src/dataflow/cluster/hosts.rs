//! **The hosts file: one process a line, in the order of their numbers, each `host:port`.**
//!
//! Empty lines, and what follows `#`, are ignored.

use crate::error::Error;

/// The addresses of all processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// Reads the text of a hosts file; `name` is what errors call it.
    ///
    /// # Errors
    ///
    /// A line may be no address, an address may occur twice, or there may be none.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut hosts: Vec<String> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let address = line.split('#').next().unwrap_or_default().trim();
            if address.is_empty() {
                continue;
            }
            let wrong = |why: &str| Error::Cluster(format!("{name}:{}: `{address}` {why}", number + 1));
            let port = address.rsplit_once(':').filter(|(host, _)| !host.is_empty());
            if port.is_none_or(|(_, port)| port.parse::<u16>().is_err() || port == "0") {
                return Err(wrong("is no address; write a host, a colon and a port from 1 to 65535"));
            }
            if hosts.iter().any(|other| other == address) {
                return Err(wrong("stands here twice; each process needs an address of its own"));
            }
            hosts.push(address.to_owned());
        }
        if hosts.is_empty() {
            return Err(Error::Cluster(format!(
                "{name}: there is no address in it; write one `host:port` a line"
            )));
        }
        Ok(Hosts(hosts))
    }

    /// How many processes there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn address(&self, process: usize) -> &str {
        self.0.get(process).map_or("", String::as_str)
    }

    /// What messages call a process.
    pub(crate) fn name(&self, process: usize) -> String {
        format!("process {process} at {}", self.address(process))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_list_of_addresses() {
        let hosts = Hosts::parse("hosts", "# two\nlocalhost:2101\n\n[::1]:2102 # the other\n").unwrap();
        assert_eq!(hosts, Hosts(vec!["localhost:2101".to_owned(), "[::1]:2102".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, said) in [
            ("a:1\nb\n", "hosts:2: `b` is no address; write a host, a colon and a port from 1 to 65535."),
            (
                "a:99999\n",
                "hosts:1: `a:99999` is no address; write a host, a colon and a port from 1 to 65535.",
            ),
            (":80\n", "hosts:1: `:80` is no address; write a host, a colon and a port from 1 to 65535."),
            ("a:1\na:1\n", "hosts:2: `a:1` stands here twice; each process needs an address of its own."),
            ("\n# none\n", "hosts: there is no address in it; write one `host:port` a line."),
        ] {
            assert_eq!(Hosts::parse("hosts", text).unwrap_err().to_string(), said);
        }
    }
}

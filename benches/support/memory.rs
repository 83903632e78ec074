//! How much memory a process holds, according to the kernel.

use std::error::Error;

/// A line of a process's status, in megabytes: `VmRSS` is what it holds now, `VmHWM` its peak. The process is a number
/// or `self`.
pub(crate) fn megabytes(process: &str, line: &str) -> Result<f64, Box<dyn Error>> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let mut lines = status.lines();
    let found = lines.find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let kibibytes = found.and_then(|text| text.trim().strip_suffix("kB"));
    let kibibytes: f64 = kibibytes.ok_or("no such line")?.trim().parse()?;
    Ok(kibibytes * 1024.0 / 1e6)
}

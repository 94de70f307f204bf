//! The program.

use std::process::ExitCode;

use berth_server::config::Program;

#[tokio::main]
async fn main() -> ExitCode {
    let program = match Program::load() {
        Ok(program) => program,
        Err(error) => return ExitCode::from(error.report()),
    };
    let served = match program {
        Program::Console(config) => berth_server::serve::serve(*config).await,
        Program::Sandbox(config) => berth_server::endpoint::serve(config).await,
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("berth: {error}");
            ExitCode::FAILURE
        }
    }
}

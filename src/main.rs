//! The program: hands the command line to [`nianbao::cli`].

fn main() -> std::process::ExitCode {
    nianbao::cli::run(std::env::args_os())
}

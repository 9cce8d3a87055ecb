//! The program: hands the command line to [`nianbao::cli`].

/// Rendering makes and frees many small texts on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    nianbao::cli::run(std::env::args_os())
}

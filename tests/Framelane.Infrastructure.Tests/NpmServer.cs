using System.Diagnostics;

namespace Framelane.Infrastructure.Tests;

/// <summary>A server of a package of npm's, as <c>server.mjs</c> in a folder of tests/ starts it, and the packages that it needs.</summary>
/// <remarks>Without node and npm it throws: a machine that cannot run a check must not look as if it had passed.</remarks>
sealed class NpmServer(string folder)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(30);

    readonly Lazy<Task<string>> installed = new(() => InstallAsync(folder));

    /// <summary>Starts it and waits for its first line, which it writes once it can be used. One that says nothing for long is started again, twice.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<(Process Process, string Line)> StartAsync(params string[] arguments)
    {
        for (var left = 2; left > 0; left--)
        {
            try
            {
                return await TryStartAsync(arguments);
            }
            catch (OperationCanceledException)
            {
                // On a busy machine one was seen to hang before its first line.
            }
        }

        return await TryStartAsync(arguments);
    }

    async Task<(Process Process, string Line)> TryStartAsync(string[] arguments)
    {
        var process = Run(await installed.Value, "node", ["server.mjs", .. arguments]);
        try
        {
            using var timeout = new CancellationTokenSource(FirstLine);
            var line = await process.StandardOutput.ReadLineAsync(timeout.Token)
                ?? throw new InvalidOperationException($"{folder} did not start: {await process.StandardError.ReadToEndAsync(timeout.Token)}");
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return (process, line);
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    public static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static async Task<string> InstallAsync(string name)
    {
        var folder = Find(name);
        using var npm = Run(folder, "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        using var timeout = new CancellationTokenSource(Patience);
        var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(timeout.Token), npm.StandardError.ReadToEndAsync(timeout.Token));
        await npm.WaitForExitAsync(timeout.Token);
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci failed with {npm.ExitCode}: {string.Concat(said)}");
    }

    static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", name);
            if (File.Exists(Path.Combine(candidate, "package.json")))
                return candidate;
        }

        throw new InvalidOperationException($"The tests do not run from within the repository: there is no tests/{name} above them.");
    }

    static Process Run(string folder, string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}

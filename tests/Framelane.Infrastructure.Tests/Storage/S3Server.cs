using System.Diagnostics;
using Amazon.S3;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Storage;

/// <summary>npm's <c>@20minutes/s3rver</c> (tests/s3-server) on a free loopback port, with one bucket in a folder that goes with it.</summary>
/// <remarks>Without node and npm it throws: a machine that cannot run this check must not look as if it had passed.</remarks>
sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "media";

    /// <summary>The server's own; both of the pair.</summary>
    public const string AccessKey = "S3RVER";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    readonly DirectoryInfo data = Directory.CreateTempSubdirectory("framelane-s3-");

    Process? process;

    public string Url { get; private set; } = "";

    public static async Task<S3Server> StartAsync()
    {
        var folder = await Installed.Value;
        var server = new S3Server();
        try
        {
            await server.RunAsync(folder);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>As an installation that keeps its files there has it.</summary>
    public StorageOptions Settings() => new()
    {
        Provider = StorageOptions.S3Provider,
        S3 = { Endpoint = Url, Bucket = Bucket, AccessKey = AccessKey, SecretKey = AccessKey, ForcePathStyle = true },
    };

    public IAmazonS3 Connect() => S3Client.Create(Settings().S3);

    public S3Storage Storage(IAmazonS3 client) => new(client, Options.Create(Settings()), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        data.Delete(recursive: true);
    }

    async Task RunAsync(string folder)
    {
        process = Start(folder, "node", "server.mjs", data.FullName, Bucket);
        using var timeout = new CancellationTokenSource(Patience);
        if (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } url)
        {
            Url = url;
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return;
        }

        throw new InvalidOperationException($"s3rver did not start: {await process.StandardError.ReadToEndAsync(timeout.Token)}");
    }

    static async Task<string> InstallAsync()
    {
        var folder = FindFolder();
        using var npm = Start(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        using var timeout = new CancellationTokenSource(Patience);
        var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(timeout.Token), npm.StandardError.ReadToEndAsync(timeout.Token));
        await npm.WaitForExitAsync(timeout.Token);
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci failed with {npm.ExitCode}: {string.Concat(said)}");
    }

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "s3-server");
            if (File.Exists(Path.Combine(candidate, "package.json")))
                return candidate;
        }

        throw new InvalidOperationException("The tests do not run from within the repository: there is no tests/s3-server above them.");
    }

    static Process Start(string folder, string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}

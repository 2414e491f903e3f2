using System.Diagnostics;
using Amazon.S3;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Storage;

/// <summary>npm's <c>@20minutes/s3rver</c> (tests/s3-server) on a free loopback port, with one bucket in a folder that goes with it.</summary>
sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "media";

    /// <summary>The server's own; both of the pair.</summary>
    public const string AccessKey = "S3RVER";

    static readonly NpmServer Program = new("s3-server");

    readonly DirectoryInfo data = Directory.CreateTempSubdirectory("framelane-s3-");

    Process? process;

    public string Url { get; private set; } = "";

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        try
        {
            (server.process, server.Url) = await Program.StartAsync(server.data.FullName, Bucket);
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
            await NpmServer.EndAsync(process);
        data.Delete(recursive: true);
    }
}

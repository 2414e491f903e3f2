using System.Text;
using Framelane.Domain.ApiKeys;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Bootstrap;

/// <summary>The file <c>{DataPath}/api-key</c>: the one place that has the text of a generated first key. Never printed.</summary>
sealed class FirstApiKeyFile(DataFolder folder, ILogger<FirstApiKeyFile> logger)
{
    public const string Name = "api-key";

    readonly string path = folder.Of(Name);

    /// <summary>The key that an earlier start left there, or a new one, on the disk before it is answered.</summary>
    public async Task<ApiKeySecret> ReadOrMakeAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) ?? await MakeAsync(cancellationToken);

    /// <summary>A new key, on the disk before it is answered.</summary>
    public async Task<ApiKeySecret> MakeAsync(CancellationToken cancellationToken)
    {
        var made = ApiKeySecret.Generate();
        await PrivateFile.WriteAsync(path, Encoding.ASCII.GetBytes(made.Reveal() + "\n"), cancellationToken);
        return made;
    }

    /// <summary>Says so where the file has a key that is not this database's, for people go by it.</summary>
    public async Task CompareAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return;
        if (await ReadAsync(cancellationToken) is { } kept && await IsLiveAsync(db, kept, cancellationToken))
            return;
        logger.LogWarning("The file {File} does not hold a live key of this database.", path);
    }

    public void Delete() => File.Delete(path);

    static async Task<bool> IsLiveAsync(FramelaneDbContext db, ApiKeySecret secret, CancellationToken cancellationToken)
    {
        var prefix = secret.Shown;
        var keys = await db.ApiKeys.AsNoTracking().Where(key => key.KeyPrefix == prefix && key.RevokedAt == null).ToListAsync(cancellationToken);
        return keys.Exists(key => key.Matches(secret));
    }

    async Task<ApiKeySecret?> ReadAsync(CancellationToken cancellationToken) =>
        File.Exists(path) ? ApiKeySecret.TryParse((await File.ReadAllTextAsync(path, cancellationToken)).Trim()) : null;
}

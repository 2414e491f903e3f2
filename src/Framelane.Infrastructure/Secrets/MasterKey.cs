using System.Security.Cryptography;
using System.Text;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Secrets;

/// <summary>The one key that is never in the database. Keys for single purposes are derived from it.</summary>
sealed class MasterKey(IOptions<SecretsOptions> options, IOptions<DatabaseOptions> database, DataFolder folder, ILogger<MasterKey> logger)
{
    public const string DefaultFile = "master.key";

    /// <summary>Bytes of the key, and of what is derived from it.</summary>
    public const int Length = 32;

    readonly Lazy<byte[]> key = new(() => Read(FileOf(options.Value, folder)), LazyThreadSafetyMode.PublicationOnly);

    public string File { get; } = FileOf(options.Value, folder);

    /// <summary>A key for that purpose and no other.</summary>
    /// <exception cref="MasterKeyException">The file cannot be read or is not a key.</exception>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Value, Length, info: Encoding.UTF8.GetBytes($"framelane {purpose}"));

    /// <summary>Makes the key where nothing depends on one yet. Called under the setup lock.</summary>
    /// <param name="isNeeded">Whether the database holds something that an earlier key wrapped.</param>
    /// <exception cref="MasterKeyException">There is none and none may be made, or the file is not a key or cannot be written.</exception>
    public async Task EnsureAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(File))
        {
            if (isNeeded)
                throw Missing("The database's secrets open with the key that was in it: put it back.");
            if (DatabaseEngines.Named(database.Value.Provider).IsShared)
                throw Missing("Where the database is shared it is made by hand, once for all processes: `openssl rand -base64 32`.");
            await MakeAsync(cancellationToken);
            logger.LogInformation("Made a master key in {File}. Keep a copy of it apart from the database's backups.", File);
        }

        _ = key.Value;
        WarnOfReaders();
    }

    async Task MakeAsync(CancellationToken cancellationToken)
    {
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n";
        try
        {
            await PrivateFile.WriteAsync(File, Encoding.ASCII.GetBytes(text), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"{SecretsOptions.MasterKeyFileKey}: the file '{File}' cannot be written.", failure);
        }
    }

    static string FileOf(SecretsOptions options, DataFolder folder) =>
        options.MasterKeyFile is { } path ? Path.GetFullPath(path) : folder.Of(DefaultFile);

    static byte[] Read(string path)
    {
        try
        {
            var key = Convert.FromBase64String(System.IO.File.ReadAllText(path).Trim());
            return key.Length == Length ? key : throw new FormatException();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"{SecretsOptions.MasterKeyFileKey}: the file '{path}' cannot be read.", failure);
        }
        catch (FormatException)
        {
            throw new MasterKeyException($"{SecretsOptions.MasterKeyFileKey}: the file '{path}' does not hold the base64 of {Length} bytes.");
        }
    }

    MasterKeyException Missing(string advice) => new($"{SecretsOptions.MasterKeyFileKey}: there is no file '{File}'. {advice}");

    void WarnOfReaders()
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(File) & Others) != 0)
            logger.LogWarning("Other users of this machine can read the master key in {File}.", File);
    }
}

/// <summary>The master key is missing, malformed, or not the one that the database was made with. Stops the start.</summary>
public sealed class MasterKeyException(string message, Exception? inner = null) : Exception(message, inner);

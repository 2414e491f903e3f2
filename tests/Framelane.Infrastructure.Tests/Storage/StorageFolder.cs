using System.Security.Cryptography;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Secrets;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Storage;

/// <summary>A data folder with a master key, and what storage makes of it; it goes when it is disposed.</summary>
sealed class StorageFolder : IDisposable
{
    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("framelane-storage-");

    readonly FramelaneOptions options;

    public StorageFolder(string? publicUrl = "https://media.framelane.test")
    {
        options = new() { DataPath = Path.Combine(root.FullName, "data"), PublicUrl = publicUrl };
        NewMasterKey();
    }

    /// <summary>Where storage keeps its files.</summary>
    public string Files => Path.Combine(options.DataPath, "files");

    public DataFolder Data => new(Options.Create(options));

    public SignedUrls NewUrls(TimeProvider? time = null) =>
        new(Master, new PublicAddress(Options.Create(options), new ConfigurationBuilder().Build(), new ServiceCollection().BuildServiceProvider()), time ?? TimeProvider.System);

    public FolderStorage NewStorage(TimeProvider? time = null) => new(Data, NewUrls(time), time ?? TimeProvider.System);

    public void NewMasterKey() => File.WriteAllText(MasterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)));

    /// <summary>A file that is not storage's.</summary>
    public string NewFile(byte[] content)
    {
        var path = Path.Combine(root.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }

    public IEnumerable<string> Everything() =>
        Directory.Exists(Files) ? Directory.EnumerateFiles(Files, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Files, path)) : [];

    public void Dispose() => root.Delete(recursive: true);

    string MasterKeyFile => Path.Combine(root.FullName, "master.key");

    MasterKey Master => new(
        Options.Create(new SecretsOptions { MasterKeyFile = MasterKeyFile }),
        Options.Create(new DatabaseOptions()),
        Data,
        NullLogger<MasterKey>.Instance);
}

using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Secrets</c>.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Framelane:Secrets";

    public const string FolderKey = $"{Section}:{nameof(Folder)}";

    public const string MasterKeyFileKey = $"{Section}:{nameof(MasterKeyFile)}";

    /// <summary>
    /// The file of the key that wraps the key ring: the base64 of 32 random bytes. On one machine it is <c>{DataPath}/master.key</c> and is
    /// made at first start; where the database is shared it has to be given, the same to all processes.
    /// </summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>
    /// A folder of settings that are secret: one file a setting, named as in the environment (<c>Framelane__Database__ConnectionString</c>).
    /// </summary>
    public string? Folder { get; set; }
}

sealed class SecretsOptionsValidator(IOptions<DatabaseOptions> database) : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        if (options.Folder is { } folder && !Directory.Exists(folder))
            return ValidateOptionsResult.Fail($"{SecretsOptions.FolderKey}: there is no folder '{folder}'.");
        if (DatabaseEngines.Find(database.Value.Provider) is { IsShared: false } && options.MasterKeyFile is null)
            return ValidateOptionsResult.Success;
        return string.IsNullOrWhiteSpace(options.MasterKeyFile)
            ? ValidateOptionsResult.Fail($"{SecretsOptions.MasterKeyFileKey} has to be given where the database is shared: the file of one master key for all processes (made by `openssl rand -base64 32`).")
            : ValidateOptionsResult.Success;
    }
}

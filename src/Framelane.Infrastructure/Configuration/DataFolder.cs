using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>The folder <c>Framelane:DataPath</c>, which nobody else may look into.</summary>
sealed class DataFolder(IOptions<FramelaneOptions> options)
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly string path = Path.GetFullPath(options.Value.DataPath);

    public string Of(string name) => Path.Combine(path, name);

    /// <summary>Makes the folder, or a folder in it, where it is not there yet.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made; the message names the setting.</exception>
    public string Ensure(string name = "")
    {
        // The mode goes to the last folder of a path alone.
        if (name.Length > 0)
            Ensure(Path.GetDirectoryName(name) ?? "");
        var folder = Of(name);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, OwnerOnly);
            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{FramelaneOptions.DataPathKey}: the folder '{folder}' cannot be made. {failure.Message}", failure);
        }
    }
}

namespace Framelane.Application.Abstractions;

/// <summary>The address under which clients reach this installation (<c>Framelane:PublicUrl</c>).</summary>
public interface IPublicUrls
{
    /// <summary>An address below the public one.</summary>
    /// <param name="path">Escaped, with its query, without a slash at its start.</param>
    Uri Of(string path);
}

public static class PublicUrlsExtensions
{
    /// <summary>The path alone, behind the one that the public address may have.</summary>
    /// <param name="path">From its slash on.</param>
    public static string PathOf(this IPublicUrls urls, string path) => urls.Of("").AbsolutePath.TrimEnd('/') + path;
}

namespace Framelane.Application.Abstractions;

/// <summary>The address under which clients reach this installation (<c>Framelane:PublicUrl</c>).</summary>
public interface IPublicUrls
{
    /// <param name="path">Begins with a slash.</param>
    Uri Of(string path);
}

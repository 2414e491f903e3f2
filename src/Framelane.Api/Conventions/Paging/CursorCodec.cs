using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Framelane.Api.Conventions.Paging;

/// <summary>Makes opaque cursors of row keys. A cursor opens for the workspace and the route it was made for, and nowhere else.</summary>
sealed class CursorCodec(IDataProtectionProvider protection)
{
    /// <summary>Longer text is no cursor of ours, and is not worth the work of finding out.</summary>
    const int MaxLength = 1024;

    public string Encode(WorkspaceId workspaceId, string route, string key) =>
        WebEncoders.Base64UrlEncode(Protector(workspaceId, route).Protect(Encoding.UTF8.GetBytes(key)));

    /// <summary>The row's key, or null where the cursor was tampered with or made for something else.</summary>
    public string? TryDecode(WorkspaceId workspaceId, string route, string cursor)
    {
        if (cursor.Length is 0 or > MaxLength)
            return null;
        try
        {
            return Encoding.UTF8.GetString(Protector(workspaceId, route).Unprotect(WebEncoders.Base64UrlDecode(cursor)));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    IDataProtector Protector(WorkspaceId workspaceId, string route) => protection.CreateProtector("Framelane.Cursor", workspaceId.Value, route);
}

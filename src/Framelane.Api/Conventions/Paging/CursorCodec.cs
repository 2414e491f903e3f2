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
            var sealedKey = WebEncoders.Base64UrlDecode(cursor);

            // Of the last character some bits count for nothing: other text can stand for the same bytes, and is no cursor of ours.
            return WebEncoders.Base64UrlEncode(sealedKey) == cursor
                ? Encoding.UTF8.GetString(Protector(workspaceId, route).Unprotect(sealedKey))
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    IDataProtector Protector(WorkspaceId workspaceId, string route) => protection.CreateProtector("Framelane.Cursor", workspaceId.Value, route);
}

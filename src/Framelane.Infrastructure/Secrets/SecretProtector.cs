using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.DataProtection;

namespace Framelane.Infrastructure.Secrets;

sealed class SecretProtector(IDataProtectionProvider protection) : ISecretProtector
{
    public SealedSecret Seal(WorkspaceId workspaceId, long epoch, SigningSecret secret)
    {
        var text = secret.TextKey();
        try
        {
            return new(Protector(workspaceId, epoch).Protect(text), epoch);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    public SigningSecret Open(WorkspaceId workspaceId, SealedSecret secret)
    {
        var text = Protector(workspaceId, secret.Epoch).Unprotect(secret.Ciphertext.ToArray());
        try
        {
            return SigningSecret.FromRevealed(Encoding.UTF8.GetString(text));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    IDataProtector Protector(WorkspaceId workspaceId, long epoch) =>
        protection.CreateProtector("Framelane.SigningSecret", workspaceId.Value, epoch.ToString(CultureInfo.InvariantCulture));
}

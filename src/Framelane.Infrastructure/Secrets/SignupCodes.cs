using System.Security.Cryptography;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Signups;

namespace Framelane.Infrastructure.Secrets;

/// <summary>HMAC-SHA256 under a key derived from the master key, over the sign-up's id and the code.</summary>
sealed class SignupCodes(MasterKey master) : ISignupCodes
{
    const string Purpose = "signup-code v1";

    public byte[] Digest(SignupId id, OtpCode code) =>
        HMACSHA256.HashData(master.Derive(Purpose), Encoding.ASCII.GetBytes($"{id.Value} {code.Reveal()}"));
}

using Framelane.Domain.Signups;

namespace Framelane.Application.Abstractions;

/// <summary>What a code is kept as: a keyed digest, so that a copy of the database does not tell which of a million it is.</summary>
public interface ISignupCodes
{
    /// <summary>Another one for each sign-up: a code's digest is worth nothing elsewhere.</summary>
    byte[] Digest(SignupId id, OtpCode code);
}

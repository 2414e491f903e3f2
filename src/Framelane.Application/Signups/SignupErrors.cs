using Framelane.Application.Common;
using Framelane.Domain.Common;

namespace Framelane.Application.Signups;

static class SignupErrors
{
    /// <summary>To whoever asks, before anything of an address is looked at.</summary>
    public static readonly Error Closed = new("not_configured", "This installation takes no sign-ups.");

    /// <summary>One answer for a wrong code, one that was used, replaced, tried too often or is too old, and an address that nobody signed up with.</summary>
    public static readonly ValidationError NotTheCode = ValidationError.At(
        "otp_code_invalid",
        "Not the code of a sign-up with this address, or no longer: a code lives 15 minutes and may be tried 5 times. Ask for a new one.",
        "body",
        "otp_code");
}

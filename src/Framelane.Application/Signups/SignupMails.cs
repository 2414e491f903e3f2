using System.Globalization;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Signups;

namespace Framelane.Application.Signups;

/// <summary>What an address is told. Its owner may be anybody: whoever signed up wrote both the address and the workspace's name.</summary>
static class SignupMails
{
    /// <summary>Characters of a workspace's name that a mail repeats: enough to know it by, too few to advertise with.</summary>
    const int MaxName = 80;

    public static Mail Code(string to, string workspaceName, OtpCode code) => new(
        to,
        "Your code for Framelane",
        $"""
        The code is {code.Reveal()}

        It verifies this address for the new workspace "{OneLine(workspaceName)}" at Framelane.
        It is valid for {Signup.CodeLifetime.TotalMinutes:0} minutes, until a newer one is sent, and can be tried {Signup.MaxTries} times.

        If you did not sign up, or the workspace is not yours, do nothing and tell nobody the code.
        Without it the workspace never comes to life, and it is erased within {Signup.Lifetime.TotalDays:0} days.
        """);

    public static Mail AlreadyVerified(string to) => new(
        to,
        "Somebody signed up with your address",
        """
        Somebody tried to sign up at Framelane with this address, which belongs to a workspace already.

        Nothing has changed, and you need not do anything. If it was you: go on with the API key that you have.
        """);

    /// <summary>A name can hold whatever a JSON string can, line breaks and marks that turn the direction of text among it.</summary>
    static string OneLine(string name)
    {
        var shown = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (shown.Length >= MaxName)
                return $"{shown}…";
            if (Shows(rune))
                shown.Append(rune.ToString());
            else if (shown.Length > 0 && shown[^1] != ' ')
                shown.Append(' ');
        }

        return shown.ToString().TrimEnd();
    }

    static bool Shows(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

using System.Security.Cryptography;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Signups;

/// <summary>What is under way for one mail address: the workspace that waits for it to be verified, its code, and the mails of the last day.</summary>
/// <remarks>
/// There is one for every address that was named of late, signed up with or not: whatever is asked of whichever address writes one row of
/// the same kind, so that nobody can tell them apart. Numbers of tries, codes and minutes: contract/api.md.
/// </remarks>
public sealed class Signup
{
    /// <summary>How often a code may be tried, the right one included.</summary>
    public const int MaxTries = 5;

    /// <summary>Mails to one address in any 24 hours.</summary>
    public const int MailsPerDay = 5;

    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How long a sign-up waits to be verified; then its workspace is erased.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    static readonly byte[] NoDigest = new byte[HMACSHA256.HashSizeInBytes];

    Signup()
    {
    }

    /// <summary>The address's key. There is one of each.</summary>
    public string Address { get; private set; } = "";

    public SignupId Id { get; private set; }

    /// <summary>The workspace that waits; null where none does.</summary>
    public WorkspaceId? WorkspaceId { get; private set; }

    /// <summary>Where the codes go: the address as it was given at the sign-up.</summary>
    public EmailAddress? Recipient { get; private set; }

    public string WorkspaceName { get; private set; } = "";

    /// <summary>Until when it can be verified.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>The last code, as it is kept; null where there is none, or it was used.</summary>
    public byte[]? CodeDigest { get; private set; }

    public DateTimeOffset? CodeExpiresAt { get; private set; }

    /// <summary>Codes that were tried since the last one was sent.</summary>
    public int Tries { get; private set; }

    /// <summary>When the mails of the last day were sent.</summary>
    public IReadOnlyList<DateTimeOffset> MailedAt { get; private set; } = [];

    /// <summary>From then on nothing rests on it.</summary>
    public DateTimeOffset ForgetAt { get; private set; }

    /// <summary>Raised by whatever is asked of it, also where nothing comes of that: it is written each time.</summary>
    public long Revision { get; private set; }

    public static Signup Of(SignupId id, EmailAddress address, DateTimeOffset now) => new() { Id = id, Address = address.Key, ForgetAt = now + Day };

    /// <summary>The workspace waits from now on for the address to be verified. A former one waits no longer: nothing verifies it any more.</summary>
    public void Begin(Workspace workspace, EmailAddress recipient, DateTimeOffset now)
    {
        if (workspace.VerifyBy is not { } end)
            throw new ArgumentException($"{workspace.Id} does not wait for its address.", nameof(workspace));
        Touch(now);
        (WorkspaceId, WorkspaceName, Recipient, EndsAt) = (workspace.Id, workspace.Name, recipient, end);
        (CodeDigest, CodeExpiresAt) = (null, null);
        ForgetAt = Later(ForgetAt, end);
    }

    /// <summary>A new code takes the former one's place.</summary>
    /// <param name="digest">Of the new code, bound to <see cref="Id"/>.</param>
    /// <returns>Whether it is to be sent: something waits for it, and the address may get a mail.</returns>
    public bool IssueCode(byte[] digest, DateTimeOffset now)
    {
        Touch(now);
        if (!IsPending(now) || !MayMail(now))
            return false;
        CountMail(now);
        (CodeDigest, CodeExpiresAt, Tries) = (digest, now + CodeLifetime, 0);
        return true;
    }

    /// <summary>The address's owner is to hear of something that is no code. Begins and ends nothing.</summary>
    /// <returns>Whether the address may get a mail.</returns>
    public bool Notify(DateTimeOffset now)
    {
        Touch(now);
        if (!MayMail(now))
            return false;
        CountMail(now);
        return true;
    }

    /// <summary>Spends a try, whatever comes of it.</summary>
    /// <returns>Whether it was the code, in time and within the tries.</returns>
    public bool Try(byte[] digest, DateTimeOffset now)
    {
        Touch(now);
        var isOpen = Tries < MaxTries;
        Tries++;
        return IsCode(digest, now) & isOpen;
    }

    /// <summary>Uses the code, for which a try was spent that found it right.</summary>
    /// <returns>The workspace that is verified by it; null where another was faster, or another code or sign-up took its place.</returns>
    public WorkspaceId? Complete(byte[] digest, DateTimeOffset now)
    {
        if (!IsCode(digest, now))
            return null;
        Touch(now);
        var verified = WorkspaceId;
        (WorkspaceId, WorkspaceName, Recipient, EndsAt) = (null, "", null, null);
        (CodeDigest, CodeExpiresAt) = (null, null);
        return verified;
    }

    bool IsPending(DateTimeOffset now) => now < EndsAt;

    /// <remarks>In a time that depends on neither: not on how much of the code is right, and not on whether there is one.</remarks>
    bool IsCode(byte[] digest, DateTimeOffset now) =>
        CryptographicOperations.FixedTimeEquals(CodeDigest ?? NoDigest, digest) & CodeDigest is not null & IsPending(now) & now < CodeExpiresAt;

    bool MayMail(DateTimeOffset now) => MailedAt.Count(at => now - at < Day) < MailsPerDay;

    void CountMail(DateTimeOffset now) => MailedAt = [.. MailedAt.Where(at => now - at < Day), now];

    void Touch(DateTimeOffset now)
    {
        Revision++;
        ForgetAt = Later(ForgetAt, now + Day);
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

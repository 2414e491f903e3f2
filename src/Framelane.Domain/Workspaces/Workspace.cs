using Framelane.Domain.ApiKeys;
using Framelane.Domain.Common;
using Framelane.Domain.Signups;

namespace Framelane.Domain.Workspaces;

/// <summary>A tenant: the owner of webhooks, API keys and the one secret that signs all its deliveries.</summary>
/// <remarks>
/// <see cref="Epoch"/> counts every change that must hold on all nodes at once. It only rises, and it is raised in the transaction of
/// the change, so whoever reads an epoch from the database knows whether what it cached is still true.
/// </remarks>
public sealed class Workspace : AggregateRoot
{
    public const int MaxNameLength = 255;

    Workspace()
    {
    }

    public WorkspaceId Id { get; private set; }

    public string Name { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public string? Email { get; private set; }

    /// <summary>What the address is known by (<see cref="EmailAddress.Key"/>). Storage looks workspaces up by it, and has nothing to tell of it.</summary>
    public string? EmailKey
    {
        get => Email is null ? null : EmailAddress.FromChecked(Email).Key;
        private set { }
    }

    public bool EmailVerified { get; private set; }

    /// <summary>It signed up, and is erased where its address is not verified by then; null where nothing is waited for.</summary>
    public DateTimeOffset? VerifyBy { get; private set; }

    public Plan Plan { get; private set; }

    public PlanStatus PlanStatus { get; private set; }

    /// <summary>From then on it is as if it were not there; null while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>When what it has is erased next; null while it lives.</summary>
    public DateTimeOffset? EraseAt { get; private set; }

    /// <summary>Raised by one with every change that all nodes must follow at once.</summary>
    public long Epoch { get; private set; }

    /// <summary>The secret that signs now.</summary>
    public SealedSecret CurrentSecret { get; private set; } = null!;

    /// <summary>The secret that signs beside it until <see cref="PreviousExpiresAt"/>; kept as it is until then, and judged when signing.</summary>
    public SealedSecret? PreviousSecret { get; private set; }

    public DateTimeOffset? PreviousExpiresAt { get; private set; }

    public DateTimeOffset RotatedAt { get; private set; }

    /// <summary>The epoch that the next change gets: a new secret is sealed for it.</summary>
    public long NextEpoch => Epoch + 1;

    /// <param name="secret">Sealed for epoch 1.</param>
    public static Workspace Create(WorkspaceId id, string name, Plan plan, SealedSecret secret, DateTimeOffset now)
    {
        if (secret.Epoch != 1)
            throw new ArgumentException("A workspace starts at epoch 1.", nameof(secret));
        return new()
        {
            Id = id,
            Name = name,
            CreatedAt = now,
            EmailVerified = true,
            Plan = plan,
            PlanStatus = PlanStatus.Active,
            Epoch = 1,
            CurrentSecret = secret,
            RotatedAt = now,
        };
    }

    /// <summary>One that signed up: none of its keys is let in before its address is verified.</summary>
    /// <param name="secret">Sealed for epoch 1.</param>
    public static Workspace SignUp(WorkspaceId id, string name, EmailAddress email, Plan plan, SealedSecret secret, DateTimeOffset now)
    {
        var workspace = Create(id, name, plan, secret, now);
        (workspace.Email, workspace.EmailVerified, workspace.VerifyBy) = (email.Text, false, now + Signup.Lifetime);
        return workspace;
    }

    /// <summary>Somebody who reads its mailbox has said so. Its keys are let in from now on.</summary>
    /// <remarks>Raises no epoch: whether an address is verified is read with every request, and nothing that a node knows becomes untrue.</remarks>
    public void VerifyEmail(DateTimeOffset now)
    {
        if (EmailVerified || now >= VerifyBy)
            throw new InvalidOperationException($"{Id} does not wait for its address.");
        (EmailVerified, VerifyBy) = (true, null);
        Raise(new EmailVerified(Id));
    }

    public void Rename(string name) => Name = name;

    /// <summary>Puts the workspace on a plan, whoever decides that: a payment, or whoever runs the installation.</summary>
    /// <returns>Whether that is another one, or stands otherwise.</returns>
    public bool ChangePlan(Plan plan, PlanStatus status)
    {
        if ((plan, status) == (Plan, PlanStatus))
            return false;
        (Plan, PlanStatus) = (plan, status);
        return true;
    }

    /// <summary>Takes over an address that an identity provider says it has verified.</summary>
    public void AdoptEmail(EmailAddress verified) => (Email, EmailVerified) = (verified.Text, true);

    /// <summary>
    /// Replaces the signing secret. With a grace the replaced one keeps signing beside the new one for that long; any older one stops
    /// now, so at most two ever sign.
    /// </summary>
    /// <param name="next">The new secret, sealed for <see cref="NextEpoch"/>.</param>
    public void RotateSigningKey(SealedSecret next, GracePeriod grace, DateTimeOffset now)
    {
        if (next.Epoch != NextEpoch)
            throw new ArgumentException($"Sealed for epoch {next.Epoch}; the next one is {NextEpoch}.", nameof(next));
        var keepsPrevious = grace != GracePeriod.None;
        PreviousSecret = keepsPrevious ? CurrentSecret : null;
        PreviousExpiresAt = keepsPrevious ? now + grace.Duration : null;
        CurrentSecret = next;
        RotatedAt = now;
        Epoch++;
        Raise(new SecretRotated(Id, Epoch, PreviousExpiresAt));
    }

    /// <summary>Ends a grace early. Without one that still runs nothing happens, so that the call can be repeated.</summary>
    /// <returns>Whether there was one to end.</returns>
    public bool DropPreviousSecret(DateTimeOffset now)
    {
        var ran = SecretsSigningAt(now).Count == 2;
        (PreviousSecret, PreviousExpiresAt) = (null, null);
        if (!ran)
            return false;
        Epoch++;
        Raise(new PreviousSecretDropped(Id, Epoch));
        return true;
    }

    /// <summary>The secrets that sign an attempt of that moment: the current one first, then the previous one while its grace runs.</summary>
    public IReadOnlyList<SealedSecret> SecretsSigningAt(DateTimeOffset moment) =>
        PreviousSecret is { } previous && moment < PreviousExpiresAt ? [CurrentSecret, previous] : [CurrentSecret];

    /// <summary>One of the webhooks was deleted, disabled, enabled or pointed elsewhere: no node may go on with what it knew.</summary>
    public void ChangeEndpoints()
    {
        Epoch++;
        Raise(new EndpointsChanged(Id, Epoch));
    }

    /// <summary>Something was asked for that holds already. Changes nothing; its answer is to promise as much as the first one's.</summary>
    public void RepeatChange() => Raise(new ChangeRepeated(Id, Epoch));

    /// <summary>Nobody is let in any more, and nothing is signed. The address is free at once.</summary>
    /// <returns>Whether it lived until now.</returns>
    public bool Delete(DateTimeOffset now)
    {
        var lived = DeletedAt is null;
        DeletedAt ??= now;
        EraseAt ??= now;
        Email = null;
        Epoch++;
        Raise(new WorkspaceDeleted(Id, Epoch));
        return lived;
    }

    /// <summary>A key was revoked: no node may go on accepting it.</summary>
    public void RevokeKey(ApiKey key, DateTimeOffset now)
    {
        if (key.WorkspaceId != Id)
            throw new ArgumentException("The key is another workspace's.", nameof(key));
        if (!key.Revoke(now))
            return;
        Epoch++;
        Raise(new ApiKeyRevoked(Id, Epoch, key.Id));
    }
}

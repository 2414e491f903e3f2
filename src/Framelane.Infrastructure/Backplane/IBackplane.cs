namespace Framelane.Infrastructure.Backplane;

/// <summary>
/// Carries hints between the processes of one installation. Any of them may be lost, late, repeated or forged: whoever hears one looks at
/// the database, and who hears none finds everything by himself, later.
/// </summary>
interface IBackplane
{
    /// <summary>Whether hints pass, to the best of present knowledge.</summary>
    bool IsConnected { get; }

    /// <summary>Tells the other processes. Neither waits nor throws.</summary>
    void Publish(BackplaneMessage message);
}

/// <summary>For a process that is alone, or whose neighbours find everything by themselves.</summary>
sealed class NoBackplane : IBackplane
{
    public bool IsConnected => false;

    public void Publish(BackplaneMessage message)
    {
    }
}

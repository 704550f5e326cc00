package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;

/** What an owner has named a default account for. */
public enum RoutingPurpose {
    TRADING,
    DATA;

    boolean isDefault(BrokerAccount account) {
        return switch (this) {
            case TRADING -> account.getDefaultTrading();
            case DATA -> account.getDefaultData();
        };
    }

    void setDefault(BrokerAccount account, boolean isDefault) {
        switch (this) {
            case TRADING -> account.setDefaultTrading(isDefault);
            case DATA -> account.setDefaultData(isDefault);
        }
    }
}
